using Fairlead.Deploy;
using Fairlead.Output.Hosts;

namespace Fairlead.Tests.Deploy;

public sealed class SshSettingsTests
{
    private static readonly DeployRequest Request = DeployDecisionTests.Install;

    [Theory]
    [InlineData("host a\nuser al\n", null)]
    [InlineData("proxyjump bastion,inner\n", "bastion")]
    [InlineData("proxycommand ssh -W %h:%p bastion\n", "ssh -W %h:%p bastion")]
    [InlineData("proxycommand none\n", null)]
    public void What_a_connection_goes_through_is_known(string printed, string? jump) => Assert.Equal(jump, SshSettings.Parse(printed).Jump);

    [Fact]
    public void Only_what_this_ssh_knows_is_overridden()
    {
        string old = Joined("connecttimeout none\nserveraliveinterval 0\n");
        string today = Joined("connecttimeout 5\nserveraliveinterval 30\nremotecommand tmux new -A\nsessiontype none\nstdinnull yes\nforkafterauthentication yes\n");

        Assert.Contains("-o ConnectTimeout=20 -o ServerAliveInterval=15", old, StringComparison.Ordinal);
        Assert.DoesNotContain("SessionType", old, StringComparison.Ordinal);
        Assert.DoesNotContain("RemoteCommand", old, StringComparison.Ordinal);
        Assert.DoesNotContain("ConnectTimeout", today, StringComparison.Ordinal);
        Assert.Contains("-o RemoteCommand=none -o SessionType=default -o StdinNull=no -o ForkAfterAuthentication=no", today, StringComparison.Ordinal);
    }

    [Fact]
    public void No_agent_is_forwarded_and_a_host_is_never_an_option() =>
        Assert.Matches(@"^ssh -F /c -T -a -x .* -- web01 exec sh -c ", string.Join(' ', SshSettings.Parse("").Arguments(Request with { ConfigurationFile = "/c" }, "web01", mayAsk: false)));

    [Theory]
    [InlineData("al@web01: Permission denied (publickey).", nameof(HostFault.Denied))]
    [InlineData("No ED25519 host key is known for web01 and you have requested strict checking.\nHost key verification failed.", nameof(HostFault.HostKeyUnknown))]
    [InlineData("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", nameof(HostFault.HostKeyChanged))]
    [InlineData("kex_exchange_identification: read: Connection reset by peer\nConnection reset by 127.0.0.1 port 22", nameof(HostFault.TurnedAway))]
    [InlineData("kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535", nameof(HostFault.TurnedAway))]
    [InlineData("ssh: connect to host web01 port 22: Connection refused\nConnection closed by UNKNOWN port 65535", nameof(HostFault.NotReached))]
    [InlineData("ssh: Could not resolve hostname web01: Name or service not known", nameof(HostFault.NotReached))]
    [InlineData("something new", nameof(HostFault.NotReached))]
    public void What_ssh_complains_of_is_understood(string said, string fault) => Assert.Equal(fault, SshComplaint.Meaning(said).ToString());

    private static string Joined(string printed) => string.Join(' ', SshSettings.Parse(printed).Arguments(Request, "web01", mayAsk: false));
}
