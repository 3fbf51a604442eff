using Fairlead.Launch;

namespace Fairlead.Tests.Launch;

public sealed class DaemonEnvironmentTests
{
    [Theory]
    [InlineData("HOME")]
    [InlineData("PATH")]
    [InlineData("LC_ALL")]
    [InlineData("XDG_CONFIG_HOME")]
    [InlineData("XDG_RUNTIME_DIR")]
    [InlineData("FAIRLEAD_LOG")]
    public void What_the_daemon_needs_stays(string name) => Assert.Equal([$"{name}=x"], From(name));

    [Theory]
    [InlineData("SSH_AUTH_SOCK")]
    [InlineData("SSH_CONNECTION")]
    [InlineData("TMUX")]
    [InlineData("TMUX_PANE")]
    [InlineData("STY")]
    [InlineData("DISPLAY")]
    [InlineData("XDG_SESSION_ID")]
    [InlineData("LD_PRELOAD")]
    [InlineData("FAIRLEAD_WAIT")]
    [InlineData("FAIRLEAD_READY_FD")]
    public void What_belongs_to_one_login_or_one_command_goes(string name) => Assert.Empty(From(name));

    private static string[] From(string name) => DaemonEnvironment.From([KeyValuePair.Create(name, "x")]);
}
