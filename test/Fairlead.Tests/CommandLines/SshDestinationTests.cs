using Fairlead.Core.CommandLines;

namespace Fairlead.Tests.CommandLines;

public sealed class SshDestinationTests
{
    [Theory]
    [InlineData("ssh web01", "web01")]
    [InlineData("/usr/bin/ssh -A al@web01 uptime", "web01")]
    [InlineData("ssh -i k -p 2222 web01", "[web01]:2222")]
    [InlineData("ssh web01 -p2222 uptime", "[web01]:2222")]
    [InlineData("ssh -p 22 web01", "web01")]
    [InlineData("ssh web01 mkdir -p 2222", "web01")]
    [InlineData("ssh ssh://al@web01:2222/", "[web01]:2222")]
    [InlineData("ssh ssh://[2001:db8::9]", "2001:db8::9")]
    [InlineData("ssh 2001:db8::9", "2001:db8::9")]
    [InlineData("ssh -o SendEnv=GIT_PROTOCOL git@forge.example.org git-receive-pack", "forge.example.org")]
    [InlineData("ssh -V", null)]
    [InlineData("ssh-keygen -l", null)]
    [InlineData("", null)]
    public void It_is_the_first_word_that_is_no_option(string commandLine, string? expected) =>
        Assert.Equal(expected, SshDestination.In(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
