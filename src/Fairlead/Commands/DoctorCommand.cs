using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.Doctor;
using Fairlead.Output;

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
        DoctorReport report = Examination.Report(new FactGatherer(CommandContext.Read()).Gather());
        output.Write(json ? JsonSerializer.Serialize(report, OutputJson.Default.DoctorReport) + "\n" : DoctorView.Render(report, OutputStyle.For(output)));
        return report.Verdict == FindingVerdict.Problem ? ExitCode.Failed : ExitCode.Done;
    }
}
