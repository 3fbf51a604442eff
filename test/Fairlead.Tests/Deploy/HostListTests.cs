using Fairlead.Deploy;
using Fairlead.Output;
using Fairlead.Ssh;

namespace Fairlead.Tests.Deploy;

public sealed class HostListTests
{
    private const string Configuration = """
        Host gateway
            User al
        Host web01 web02 "web03" *.example.net !secret
            ProxyJump gateway
        Host db?
            User root
        Match host gateway
            Port 22
        """;

    private static readonly IReadOnlyList<string> Configured = HostList.Configured(SshConfigFile.Parse("config", Configuration));

    [Fact]
    public void Names_of_ssh_config_are_those_that_are_no_patterns() => Assert.Equal(["gateway", "web01", "web02", "web03"], Configured);

    [Theory]
    [InlineData("gateway", "gateway")]
    [InlineData("al@nowhere ssh://al@host:2222", "al@nowhere ssh://al@host:2222")]
    [InlineData("web*", "web01 web02 web03")]
    [InlineData("web0? !web02", "web01 web03")]
    [InlineData("!web* * extra", "gateway extra")]
    [InlineData("web02 web* web02", "web02 web01 web03")]
    public void Words_and_patterns_mean_hosts_each_once(string words, string hosts) => Assert.Equal(hosts.Split(' '), Of(words).Hosts);

    [Theory]
    [InlineData("-oProxyCommand=touch,/tmp/x", ExitCode.Usage)]
    [InlineData("mail*", ExitCode.Failed)]
    [InlineData("!gateway", ExitCode.Usage)]
    [InlineData("web01 !web*", ExitCode.Usage)]
    public void What_means_no_host_is_a_mistake(string words, int exitCode) => Assert.Equal(exitCode, Of(words).Failure?.ExitCode);

    [Fact]
    public void A_host_with_a_line_end_in_it_is_refused() => Assert.NotNull(HostList.Of(["a\nb"], () => []).Failure);

    [Fact]
    public void A_list_has_comments_and_empty_lines() =>
        Assert.Equal(["web01", "al@web02"], HostList.InText("# the front\nweb01\n\n  al@web02  # the other one\r\n"));

    private static (IReadOnlyList<string> Hosts, Failure? Failure) Of(string words) => HostList.Of(words.Split(' '), () => Configured);
}
