using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead env [SHELL]</c>: the variables of the login at whose terminal the person sits, for a shell that is older than it.</summary>
internal static class EnvCommand
{
    public static Command Create()
    {
        Argument<string?> shell = ShellArgument.For(new Argument<string?>("shell")
        {
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "SHELL",
            Description = "print code for this shell (default: NAME=value)",
        });
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "env",
            "print SSH_CONNECTION, DISPLAY and others as they are now",
            new Example("eval \"$(fairlead env bash)\"", "in an old pane; also zsh, sh and ksh"),
            new Example("fairlead env fish | source", "in fish"),
            new Example("fairlead env", "show them"),
            new Example("fairlead env --json", "the same for a program"))
        {
            Notes =
            [
                "The values are those of the login you sit at; what that does not have is unset.",
                "'[env] variables' in your configuration lists the names.",
            ],
        };
        command.Add(shell);
        command.Add(json);
        command.SetAction(parse => Run(
            parse.GetValue(shell), parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? shell, bool json, TextWriter output, TextWriter error)
    {
        DaemonAnswer answer = CommandContext.Read().Ask(new ControlRequest { Verb = ControlVerb.Environment });
        if (answer.Reply?.Environment is not { } report)
        {
            return answer.Explain("fairlead why").WriteTo(error);
        }

        StandardWriter.WriteForProgram(output, json
            ? JsonLine.Of(report, ControlJson.Default.EnvironmentReport)
            : shell is null ? Plain(report) : Shells.Find(shell)!.CodeFor(report.Variables.Select(variable => (variable.Name, variable.Value))));
        return ExitCode.Done;
    }

    private static string Plain(EnvironmentReport report) => string.Concat(
        report.Variables.Where(variable => variable.Value is not null).Select(variable => PlainText.Of($"{variable.Name}={variable.Value}") + "\n"));
}
