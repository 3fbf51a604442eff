using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Records;

namespace Fairlead.Commands;

/// <summary><c>fairlead log</c>: what was written down of requests.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        Option<TimeSpan?> since = TimeOption.Create("--since", "only the last TIME, such as 30m or 8h");
        var command = new DocumentedCommand(
            "log",
            "show what was signed, changed and refused",
            new Example("fairlead log --since 8h", "who signed what, and for which server"),
            new Example("fairlead log --json", "the same for a program"))
        {
            Notes =
            [
                "Nothing is written down unless the configuration says where: 'to' in [log] names",
                "a file, or \"journal\". Lists of keys are left out, unless a rule denied them. The",
                "log holds no secrets, but it shows where you log in.",
            ],
        };
        command.Add(since);
        command.Add(json);
        command.SetAction(parse => Run(parse.GetValue(since), parse.GetValue(json), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TimeSpan? since, bool json, TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        if (context.Configuration.Configuration is not { } configuration)
        {
            return context.Mistake!.WriteTo(error);
        }

        if (configuration.LogTo is not { } to)
        {
            return new Failure(ExitCode.Failed, "no requests are written down: 'to' in [log] is not set", "fairlead config edit").WriteTo(error);
        }

        if (new RecordTarget(to).Read(DateTimeOffset.UtcNow - since, CurrentProcess.Uid) is not { } records)
        {
            return new Failure(ExitCode.Failed, $"the log cannot be read: {to}", to == RecordTarget.JournalName ? "journalctl -t fairlead" : $"ls -l {to}").WriteTo(error);
        }

        output.Write(json
            ? string.Concat(records.Select(record => JsonLine.Of(record, ControlJson.Default.EventReport)))
            : LogView.Render(records, TimeZoneInfo.Local, OutputStyle.For(output)));
        return ExitCode.Done;
    }
}
