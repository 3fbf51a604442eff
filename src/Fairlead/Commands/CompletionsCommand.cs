using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Fairlead.Completion;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead completions SHELL</c>: the shell's completion, made from the command tree.</summary>
internal static class CompletionsCommand
{
    private static string Names => string.Join(", ", CompletionScript.All.Select(shell => shell.Name));

    public static Command Create(RootCommand root)
    {
        var shell = new Argument<string?>("shell") { Arity = ArgumentArity.ZeroOrOne, HelpName = "SHELL", Description = $"one of {Names}" };
        shell.CompletionSources.Add([.. CompletionScript.All.Select(script => script.Name)]);

        // What the completions themselves call while a person waits at the keyboard.
        var values = new Option<string?>("--values") { HelpName = "LIST", Hidden = true };
        var command = new DocumentedCommand(
            "completions",
            "print the code that completes commands in a shell",
            new Example("eval \"$(fairlead completions bash)\"", "in ~/.bashrc"),
            new Example("eval \"$(fairlead completions zsh)\"", "in ~/.zshrc, after compinit"),
            new Example("fairlead completions fish | source", "in ~/.config/fish/config.fish"))
        {
            Notes =
            [
                "'fairlead setup' installs them for bash, zsh and fish. bash needs the package",
                "bash-completion to find them there; the lines above need no package.",
                "PowerShell:",
                "fairlead completions pwsh | Out-String | Invoke-Expression",
            ],
        };
        command.Add(shell);
        command.Add(values);
        command.Validators.Add(result => Check(result, shell, values));
        command.SetAction(parse => Run(root, parse.GetValue(shell), parse.GetValue(values), parse.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(RootCommand root, string? shell, string? values, TextWriter output)
    {
        StandardWriter.WriteForProgram(output, shell is null ? CompletionValues.Of(values!) : CompletionScript.Find(shell)!.For(CompletedCommand.Of(root)));
        return ExitCode.Done;
    }

    private static void Check(CommandResult result, Argument<string?> shell, Option<string?> values)
    {
        string? name = result.GetValue(shell);
        if (name is null && result.GetValue(values) is null)
        {
            result.AddError($"which shell? fairlead knows {Names}");
        }
        else if (name is not null && CompletionScript.Find(name) is null)
        {
            result.AddError($"unknown shell '{name}': fairlead knows {Names}");
        }
    }
}
