using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead init SHELL</c>: reached with a known shell only by way of <c>--</c> or options, which the fast way in Program.cs leaves to it.</summary>
internal static class InitCommand
{
    private static string Names => string.Join(", ", ShellKind.All.Select(shell => shell.Name));

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { HelpName = "SHELL", Description = $"one of {Names}" };
        shell.Validators.Add(Check);
        shell.CompletionSources.Add([.. ShellKind.All.Select(kind => kind.Name)]);
        var command = new DocumentedCommand(
            "init",
            "print the code for a shell's rc file",
            new Example("eval \"$(fairlead init bash)\"", "in ~/.bashrc"),
            new Example("eval \"$(fairlead init zsh)\"", "in ~/.zshrc"),
            new Example("fairlead init fish | source", "in ~/.config/fish/config.fish"),
            new Example("fairlead init tcsh", "the code, and in its last line what to add where"))
        {
            shell,
        };
        command.SetAction(parse => InitAction.Run(ShellKind.Find(parse.GetRequiredValue(shell))!));
        return command;
    }

    private static void Check(ArgumentResult result)
    {
        string? name = result.Tokens is [var token] ? token.Value : null;
        if (name is not null && ShellKind.Find(name) is null)
        {
            result.AddError($"unknown shell '{name}': fairlead knows {Names}");
        }
    }
}
