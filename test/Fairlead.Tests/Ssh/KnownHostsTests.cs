using Fairlead.Core.Control;
using Fairlead.Protocol;
using Fairlead.Settings;
using Fairlead.Ssh;

namespace Fairlead.Tests.Ssh;

/// <summary>What a server is called, by its host key. The lines were written by ssh-keygen.</summary>
public sealed class KnownHostsTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJtoqzwDnelNV2efhp2c1rLZfpe3iOp4wskielAWCbcM";
    private const string Fingerprint = "SHA256:b+zK6T71KxNQ7kIoE7YsFLAVv6frETl0H4bvcg5FlSg";
    private const string Web01 = "|1|p0d7aXbokr/2HgWzLWnrWJdMPM4=|apH14hgZU3oCWsTO0mDJm+Qnsbo=";
    private const string Web02OnPort2222 = "|1|BKz0y2reTK8mZZF//Ha5p0yG4OE=|yRBN8PXghIb5kPNvOQyaLtWlsAk=";

    [Theory]
    [InlineData("web01", "web01")]
    [InlineData("203.0.113.9,web01", "web01")]
    [InlineData("[2001:db8::9]:2222,[web01]:2222", "[web01]:2222")]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("*.example.org,!web02", null)]
    [InlineData("@revoked web01", null)]
    [InlineData("@cert-authority *.example.org", null)]
    [InlineData("# web01", null)]
    [InlineData(Web01, null)]
    public void A_name_is_better_than_an_address_and_a_pattern_is_none(string names, string? expected) =>
        Assert.Equal(expected, Known($"{names} {Key} a comment").NameOf(Fingerprint, destination: null));

    [Theory]
    [InlineData("web01.example.org,web01", "web01", "web01")]
    [InlineData("web01,203.0.113.9", "203.0.113.9", "203.0.113.9")]
    [InlineData("web01", "web02", "web01")]
    [InlineData(Web01, "web01", "web01")]
    [InlineData(Web01, "web02", null)]
    [InlineData(Web02OnPort2222, "[web02]:2222", "[web02]:2222")]
    public void What_the_person_typed_is_the_right_one_of_several(string names, string typed, string? expected) =>
        Assert.Equal(expected, Known($"{names} {Key}").NameOf(Fingerprint, typed));

    [Theory]
    [InlineData(Web01, "web01")]
    [InlineData(Web02OnPort2222, "[web02]:2222")]
    public void A_hashed_name_is_found_among_those_of_the_configuration(string hashed, string expected)
    {
        var known = new KnownHosts([KnownHost.Parse($"{hashed} {Key}")!], ConfiguredNames.In(["Host web03 web02", "  port=2222", "# Host web04", "", "HostKeyAlias \"web01\""]));

        Assert.Equal(expected, known.NameOf(Fingerprint, destination: null));
    }

    [Theory]
    [InlineData("web01", "web01", true)]
    [InlineData("WEB01", "web01", true)]
    [InlineData("web01,203.0.113.9", "203.0.113.9", true)]
    [InlineData("[web01]:2222", "web01", true)]
    [InlineData("[web01]:2222", "[web01]:2222", true)]
    [InlineData("web01", "[web01]:2222", false)]
    [InlineData("web01", "web02", false)]
    [InlineData("*.example.org", "web01.example.org", true)]
    [InlineData("*.example.org,!web01.example.org", "web01.example.org", false)]
    [InlineData(Web01, "web01", true)]
    [InlineData(Web01, "web02", false)]
    [InlineData("web02", Fingerprint, true)]
    [InlineData("@revoked web01", "web01", false)]
    [InlineData("@cert-authority web01", "web01", false)]
    public void A_server_has_the_names_of_the_lines_with_its_key(string names, string asked, bool isKnown) =>
        Assert.Equal(isKnown, Known($"{names} {Key}").Knows(Convert.FromBase64String(Key.Split(' ')[1]), asked));

    /// <summary>ssh-keygen -s authority -h -n web01,web03; the authority is only trusted for web01 and web02.</summary>
    [Theory]
    [InlineData("web01", true)]
    [InlineData("web02", false)]
    [InlineData("web03", false)]
    public void A_certified_server_has_those_names_for_which_its_authority_is_known(string asked, bool isKnown)
    {
        byte[] authority = Convert.FromBase64String(Key.Split(' ')[1]);
        var names = new WireWriter().WriteString("web01"u8).WriteString("web03"u8);
        byte[] certificate = new WireWriter()
            .WriteString("ssh-ed25519-cert-v01@openssh.com"u8).WriteString("nonce"u8).WriteString(new byte[32])
            .WriteBytes(new byte[8]).WriteUInt32(2).WriteString("id"u8).WriteString(names.ToFrame().AsSpan(AgentFrame.HeaderLength)).WriteBytes(new byte[16])
            .WriteString([]).WriteString([]).WriteString([]).WriteString(authority)
            .ToFrame()[AgentFrame.HeaderLength..];

        Assert.Equal(isKnown, Known($"@cert-authority web01,web02 {Key}").Knows(certificate, asked));
    }

    [Fact]
    public void Of_a_file_that_cannot_be_read_it_is_not_said_that_no_server_is_in_it()
    {
        using var folder = new TempFolder();
        var al = new Surroundings { Home = folder.Make("home"), HostName = "gateway", Uid = 1000 };
        Assert.Equal([], KnownHosts.Find(al, Convert.FromBase64String(Key.Split(' ')[1]), ["web01"]));
        folder.Make("home/.ssh");
        folder.MakePipe("home/.ssh/known_hosts");

        Assert.Null(KnownHosts.Find(al, Convert.FromBase64String(Key.Split(' ')[1]), ["web01"]));
    }

    /// <summary>A company's file: each login that a rule asks about waits for it.</summary>
    [Fact]
    public void Of_a_hundred_thousand_hosts_only_the_one_in_question_is_parsed()
    {
        using var folder = new TempFolder();
        string home = folder.Make("home");
        folder.Make("home/.ssh");
        string other = Key.Replace("AAAAIJ", "AAAAIK", StringComparison.Ordinal);
        File.WriteAllLines(Path.Combine(home, ".ssh/known_hosts"), [.. Enumerable.Range(0, 100_000).Select(number => $"host{number} {other}"), $"{Web01} {Key}"]);

        Assert.Equal(["web01"], KnownHosts.Find(new Surroundings { Home = home, HostName = "gateway", Uid = 1000 }, Convert.FromBase64String(Key.Split(' ')[1]), ["web01", "host7"]));
    }

    [Theory]
    [InlineData("|1|")]
    [InlineData("|1|a|b")]
    [InlineData("|1|p0d7aXbokr/2HgWzLWnrWJdMPM4=")]
    public void A_broken_hash_matches_nothing(string hashed) => Assert.Null(Known($"{hashed} {Key}").NameOf(Fingerprint, "web01"));

    [Theory]
    [InlineData("")]
    [InlineData("web01")]
    [InlineData("web01 ssh-ed25519")]
    [InlineData("web01 ssh-ed25519 no-base64")]
    public void A_line_that_is_none_is_passed_over(string line) => Assert.Null(KnownHost.Parse(line));

    [Fact]
    public void A_server_that_was_met_just_now_is_looked_for_again()
    {
        int reads = 0;
        var hosts = new HostNames(() => reads++ == 0 ? new KnownHosts([], []) : Known($"web01 {Key}"));
        var report = new EventReport
        {
            Event = EventReport.RequestKind,
            Time = DateTimeOffset.UnixEpoch,
            Host = new HostReport { Type = "ssh-ed25519", Fingerprint = Fingerprint, Proven = true },
        };

        Assert.Null(hosts.Complete(report).Host!.Name);
        Assert.Equal("web01", hosts.Complete(report).Host!.Name);
        Assert.Equal("web01", hosts.Complete(report).Host!.Name);
        Assert.Equal(2, reads);
    }

    [Fact]
    public void Without_a_server_to_name_nothing_is_read()
    {
        var hosts = new HostNames(() => throw new InvalidOperationException("it was read"));

        Assert.Null(hosts.Complete(new EventReport { Event = EventReport.RequestKind, Time = DateTimeOffset.UnixEpoch }).Host);
    }

    private static KnownHosts Known(string line) => new([.. new[] { KnownHost.Parse(line) }.OfType<KnownHost>()], []);
}
