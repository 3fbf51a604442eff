using System.Text.Json;
using Fairlead.Doctor;
using Fairlead.Doctor.Checks;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;
using Fairlead.Shell;

namespace Fairlead.Tests.Doctor;

public sealed class DoctorReportTests
{
    private static readonly DoctorFacts Mixed = Healthy.Facts with
    {
        Shell = Healthy.Facts.Shell with { Listener = SocketOwner.Nobody, Agent = "/home/al/.ssh/agent-link" },
        OldProcesses = [new StalePathProcess(813, "emacs", null, "/home/al/.ssh/agent-link")],
    };

    [Fact]
    public void Problems_come_first_then_warnings() =>
        Assert.Equal(
            [FindingVerdict.Problem, FindingVerdict.Warning, FindingVerdict.Ok],
            Examination.Report(Mixed).Findings.Select(finding => finding.Verdict).Distinct());

    [Fact]
    public void Json_is_versioned_and_names_verdicts_in_words() =>
        Snapshot.Matches("doctor-json.txt", JsonSerializer.Serialize(Examination.Report(Mixed), OutputJson.Default.DoctorReport) + "\n");

    [Fact]
    public void Messages_name_no_home() =>
        Assert.DoesNotContain(Examination.Report(Mixed).Findings, finding => finding.Message.Contains("/home/al/", StringComparison.Ordinal));

    [Fact]
    public void A_line_to_type_is_never_broken()
    {
        string fix = new('x', 300);

        string page = DoctorView.Render(
            DoctorReport.Of([Finding.Problem("this shell", "is broken", "It means something.", fix)], Healthy.Facts.Programs), new OutputStyle(Colour: false, 80), default);

        Assert.Contains($"         hint: {fix}\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_foreign_word_can_steer_the_terminal() =>
        Assert.DoesNotContain(
            '\u001b',
            DoctorView.Render(
                DoctorReport.Of([Finding.Problem("old panes", "\u001b]0;x\u0007", "\u001b[2J", "\u001b[2J")], Healthy.Facts.Programs),
                new OutputStyle(Colour: false, 80), default));
}
