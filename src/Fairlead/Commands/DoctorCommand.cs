using System.CommandLine;
using Fairlead.Client;
using Fairlead.Doctor;
using Fairlead.Doctor.Checks;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;

namespace Fairlead.Commands;

/// <summary><c>fairlead doctor</c>: finds problems, and the command that fixes each. It changes nothing and starts nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<bool> json = JsonOption.Create();
        var forReport = new Option<bool>("--report") { Description = "print a short report to paste, with addresses and names masked" };
        var command = new DocumentedCommand(
            "doctor",
            "find problems, with the command that fixes each",
            new Example("fairlead doctor", "what works, and what to fix"),
            new Example("fairlead doctor --report", "a report to paste, names masked"),
            new Example("ssh -A HOST .local/bin/fairlead doctor", "the same on another machine"))
        {
            Notes = ["It changes nothing and starts nothing. It exits with 1 if there is a problem."],
        };
        command.Add(json);
        command.Add(forReport);
        command.SetAction(parse => Run(parse.GetValue(json), parse.GetValue(forReport), parse.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(bool json, bool forReport, TextWriter output)
    {
        DoctorFacts facts = new FactGatherer(CommandContext.Read()).Gather();
        DoctorReport report = Examination.Report(facts);
        DoctorReport shown = forReport ? PrivateNames.MaskFor(facts).Of(report) : report;
        output.Write(json ? JsonLine.Of(shown, OutputJson.Default.DoctorReport)
            : forReport ? DoctorView.RenderForPasting(shown)
            : DoctorView.Render(shown, OutputStyle.For(output), ProjectAddress.Own));
        return report.Verdict == FindingVerdict.Problem ? ExitCode.Failed : ExitCode.Done;
    }
}
