using Fairlead.Core.Control;
using Fairlead.Doctor;
using Fairlead.Doctor.Checks;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;
using Fairlead.Ssh;

namespace Fairlead.Tests.Doctor;

public sealed class PrivateNamesTests
{
    private static readonly DoctorFacts Facts = Healthy.With(Healthy.Status with
    {
        Agents =
        [
            Healthy.Agent,
            Healthy.Agent with { Name = "al-laptop (pts/7)", State = "stalled" },
            Healthy.Agent with { Name = "yubikey", State = "stalled", LoginPid = null },
        ],
    }) with
    {
        Users = ["al"],
        Host = "gateway.example",
        Ssh = Healthy.Facts.Ssh with
        {
            IdentityAgents = [new SshDirective("~/.ssh/config", 9, "IdentityAgent", "none", "Host web01.example *.internal.example")],
        },
    };

    [Fact]
    public void A_report_for_others_names_nobody() =>
        Snapshot.Matches("doctor-report.txt", DoctorView.RenderForPasting(PrivateNames.MaskFor(Facts).Of(Examination.Report(Facts))));

    [Theory]
    [InlineData("Match user bo exec \"test -e /x\"", "bo is here", "<name 1> is here")]
    [InlineData("Match all", "all of it", "all of it")]
    [InlineData("Host *", "ssh *", "ssh *")]
    public void What_a_block_is_for_is_private_and_its_grammar_is_not(string block, string text, string masked) =>
        Assert.Equal(masked, PrivateNames.MaskFor(Facts with { Ssh = Facts.Ssh with { IdentityAgents = [new SshDirective("f", 1, "IdentityAgent", "none", block)] } }).Of(text));

    [Fact]
    public void Root_and_localhost_say_nothing_of_a_person() =>
        Assert.Equal("root at localhost", PrivateNames.MaskFor(Facts with { Users = ["root"], Host = "localhost" }).Of("root at localhost"));
}
