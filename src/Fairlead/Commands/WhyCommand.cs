using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Ssh;

namespace Fairlead.Commands;

/// <summary><c>fairlead why [PID]</c>: the route of a process, rule by rule.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var pid = new Argument<int?>("pid")
        {
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "PID",
            Description = "the process to explain (default: this shell)",
            CustomParser = Parse,
        };
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "why",
            "explain which agent answers, rule by rule",
            new Example("fairlead why", "for this shell"),
            new Example("fairlead why 4711", "for a program, by its process id"),
            new Example("fairlead why \"$(pgrep -nxu $USER ssh)\"", "for your newest ssh"),
            new Example("fairlead why --json", "the same for a program"))
        {
            pid,
            json,
        };
        command.SetAction(parse =>
            Run(parse.GetValue(pid), parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int? Parse(ArgumentResult result)
    {
        string token = result.Tokens[0].Value;
        if (int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid > 0)
        {
            return pid;
        }

        result.AddError($"'{token}' is not a process id");
        return null;
    }

    private static RefusedQuestionReport[] Named(IReadOnlyList<RefusedQuestionReport> refused, CommandContext context)
    {
        var hosts = new HostNames(context.Around);
        return [.. refused.Select(question => question with { Question = hosts.Complete(question.Question) })];
    }

    private static int Run(int? pid, bool json, TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        DaemonAnswer answer = context.Ask(new ControlRequest { Verb = ControlVerb.Why, Pid = pid });
        if (answer.Reply?.Why is not { } report)
        {
            return answer.Explain("fairlead why (for this shell)").WriteTo(error);
        }

        output.Write(json
            ? JsonLine.Of(report, ControlJson.Default.WhyReport)
            : WhyView.Render(report with { Unanswered = Named(report.Unanswered, context) }, OutputStyle.For(output), TimeProvider.System.GetUtcNow()));
        return report.Answer is not null ? ExitCode.Done : report.Denied is not null ? ExitCode.Denied : ExitCode.Failed;
    }
}
