using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Logins;

/// <summary>A terminal alone shows nobody: any program can make one.</summary>
public sealed class PersonTerminalTests
{
    [Theory]
    [InlineData("HOME=/home/al", false)]
    [InlineData("DISPLAY=:0", true)]
    [InlineData("WAYLAND_DISPLAY=wayland-0", true)]
    public void A_desktop_shows_a_person(string variable, bool isPersons) =>
        Assert.Equal(isPersons, PersonTerminal.IsAtOne(CurrentProcess.Pid, [variable]));

    [Fact]
    public void What_ssh_forwards_of_a_desktop_shows_none() =>
        Assert.False(PersonTerminal.IsAtOne(CurrentProcess.Pid, ["DISPLAY=localhost:10.0", "SSH_CONNECTION=192.0.2.7 1234 192.0.2.1 22"]));

    [Fact]
    public void An_environment_that_cannot_be_read_shows_none() => Assert.False(PersonTerminal.IsAtOne(CurrentProcess.Pid, null));

    [Fact]
    public void A_mosh_shows_a_person()
    {
        using var server = Puppet.Start("$0 = \"mosh-server\"; print \"up\\n\"; <STDIN>", [], []);
        Assert.Equal("up", server.Hear());
        Assert.True(PersonTerminal.IsAtOne(server.Pid, []));
    }
}
