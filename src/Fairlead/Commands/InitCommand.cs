using System.CommandLine;
using System.CommandLine.Parsing;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead init SHELL</c>. Program.cs runs the plain form itself; only <c>--</c> and other options come here.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        Argument<string> shell = ShellArgument.For(new Argument<string>("shell") { HelpName = "SHELL", Description = $"one of {ShellArgument.Names}" });
        var refresh = new Option<bool>(ShellKind.RefreshOption) { Description = "run 'fairlead env' at the prompt after you attach elsewhere" };
        var command = new DocumentedCommand(
            "init",
            "print the code for a shell's rc file",
            new Example("eval \"$(fairlead init bash)\"", "in ~/.bashrc"),
            new Example("eval \"$(fairlead init zsh)\"", "in ~/.zshrc"),
            new Example("fairlead init fish | source", "in ~/.config/fish/config.fish"),
            new Example("fairlead init bash --refresh-env", "also keep the variables of old panes fresh"),
            new Example("fairlead init tcsh", "the code, and where to add it"))
        {
            shell,
            refresh,
        };
        command.Validators.Add(result => CheckHook(result, shell, refresh));
        command.SetAction(parse => InitAction.Run(Shells.Find(parse.GetRequiredValue(shell))!, parse.GetValue(refresh)));
        return command;
    }

    private static void CheckHook(CommandResult result, Argument<string> shell, Option<bool> refresh)
    {
        if (result.GetValue(refresh) && result.GetResult(shell)?.Tokens is [var name] && Shells.Find(name.Value) is { HasPromptHook: false })
        {
            result.AddError($"{ShellKind.RefreshOption} is for {Shells.WithPromptHook}");
        }
    }
}
