using System.CommandLine;
using System.Text.Json;
using Fairlead.Core.Control;
using Fairlead.Doctor;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead doctor</c>: what is wrong, and the line that mends it. It changes nothing and starts nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "doctor",
            "say what is wrong here, and the line that mends it",
            new Example("fairlead doctor", "each finding, and a report for pasting"),
            new Example("fairlead doctor --json", "the same for a program"),
            new Example("ssh -A HOST .local/bin/fairlead doctor", "on a machine where logging in is hard"))
        {
            Notes = ["It changes nothing and starts nothing. Exit code 1 when there is a problem."],
        };
        command.Add(json);
        command.SetAction(parse => Run(parse.GetValue(json), parse.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(bool json, TextWriter output)
    {
        Surroundings around = Surroundings.Read();
        (SocketLocations? configured, Failure? failure) = DaemonAccess.FindPlacements(around);
        SocketLocations locations = configured ?? SocketLocations.Find(around);
        failure ??= locations.HomeIsForeign ? DaemonAccess.ForeignHome(ExitCode.Failed)
            : locations.Choose() is null ? DaemonAccess.Refuse(locations, ExitCode.Failed)
            : null;
        DoctorReport report = Examination.Report(new FactGatherer(around, locations, Ask).Gather(failure));
        output.Write(json ? JsonSerializer.Serialize(report, OutputJson.Default.DoctorReport) + "\n" : DoctorView.Render(report, OutputStyle.For(output)));
        return report.Verdict == FindingVerdict.Problem ? ExitCode.Failed : ExitCode.Done;
    }

    private static (ControlReply? Reply, Failure? Failure) Ask(SocketLocation location, ControlRequest request)
    {
        ControlOutcome outcome = DaemonAccess.Ask(location, request, out ControlReply? reply);
        return outcome == ControlOutcome.Answered && reply?.Error is null ? (reply, null) : (null, DaemonAccess.Explain(outcome, location));
    }
}
