using CsCheck;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;

namespace Fairlead.Tests.Output;

public sealed class ReportMaskTests
{
    private readonly ReportMask mask = new([("al", "<user>"), ("gateway", "<host>"), ("gateway.example", "<host>"), ("", "<nobody>"), ("web01", "<name 1>")]);

    [Theory]
    [InlineData("203.0.113.7 (pts/3) answers here", "<address 1> (pts/3) answers here")]
    [InlineData("203.0.113.7 and 198.51.100.4, and 203.0.113.7 again", "<address 1> and <address 2>, and <address 1> again")]
    [InlineData("2001:db8::7 (pts/3)", "<address 1> (pts/3)")]
    [InlineData("2001:db8::7 is 2001:0db8:0::7", "<address 1> is <address 1>")]
    [InlineData("fe80::1%eth0, ::ffff:203.0.113.7", "<address 1>, <address 2>")]
    [InlineData("2001:db8::7: no route", "<address 1>: no route")]
    [InlineData("from 203.0.113.7.", "from <address 1>.")]
    [InlineData("al@gateway.example, /home/al/.ssh/fairlead/gateway.sock", "<user>@<host>, /home/<user>/.ssh/fairlead/<host>.sock")]
    [InlineData("Gateway", "<host>")]
    [InlineData("for 'Host web01'", "for 'Host <name 1>'")]
    [InlineData("SHA256:mVPwvezndPv/ARoIadVY98+AB: no key; SHA256:other", "<fingerprint 1>: no key; <fingerprint 2>")]
    public void Addresses_and_names_get_marks(string text, string masked) => Assert.Equal(masked, mask.Of(text));

    [Theory]
    [InlineData("fairlead 0.1.0+5.5f0c9c1d2e3a (daemon 0.1.0), Linux 6.1.0-31-amd64, OpenSSH_9.2p1 Debian-2+deb12u5, git version 2.39.5")]
    [InlineData("~/.config/fairlead/config.toml:2: unknown key 'fallbak' in [routing]")]
    [InlineData("127.0.0.1 and ::1")]
    [InlineData("also, all calls at 12:34")]
    [InlineData("login 4242 :: pts/3")]
    [InlineData("1.2.3.4.5 and 999.1.1.1")]
    public void All_else_stays(string text) => Assert.Equal(text, mask.Of(text));

    [Fact]
    public void One_address_has_one_mark_in_all_findings()
    {
        DoctorReport masked = mask.Of(DoctorReport.Of(
            [Finding.Problem("agents", "203.0.113.7 is stalled", "203.0.113.7 may be asleep", "kill 1"), Finding.Problem("daemon", "198.51.100.4 and 203.0.113.7")],
            new ProgramVersions { Fairlead = "0.1.0" }));

        Assert.Equal(["<address 1> is stalled", "<address 2> and <address 1>"], masked.Findings.Select(finding => finding.Message));
        Assert.Equal(("<address 1> may be asleep", "kill 1"), (masked.Findings[0].Meaning, masked.Findings[0].Fix));
    }

    [Fact]
    public void No_address_is_left_wherever_it_stands() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 5]).Sample((bytes, isShort, before, after) =>
        {
            bytes[0] = 32; // no loopback address
            string address = new System.Net.IPAddress(isShort ? bytes[..4] : bytes).ToString();
            Assert.DoesNotContain(address, mask.Of($"x {" (='@/"[before]}{address}{" ),':/"[after]} y"), StringComparison.Ordinal);
        });
}
