using System.CommandLine;
using System.CommandLine.Parsing;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead init SHELL</c>: reached with a known shell only by way of <c>--</c> or options, which the fast way in Program.cs leaves to it.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        Argument<string> shell = ShellArgument.For(new Argument<string>("shell") { HelpName = "SHELL", Description = $"one of {ShellArgument.Names}" });
        var refresh = new Option<bool>(ShellKind.RefreshOption) { Description = "at a prompt after you attached elsewhere, run 'fairlead env'" };
        var command = new DocumentedCommand(
            "init",
            "print the code for a shell's rc file",
            new Example("eval \"$(fairlead init bash)\"", "in ~/.bashrc"),
            new Example("eval \"$(fairlead init zsh)\"", "in ~/.zshrc"),
            new Example("fairlead init fish | source", "in ~/.config/fish/config.fish"),
            new Example("fairlead init bash --refresh-env", "the same, and fresh variables in old panes"),
            new Example("fairlead init tcsh", "the code, and in it what to add where"))
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
