using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;

namespace Fairlead.Tests.Launch;

/// <summary>Whether a shell sits on its login's own terminal, from the processes above it.</summary>
public sealed class AncestryTests
{
    private const int Login = 34819;
    private const int Window = 34824;

    [Fact]
    public void A_login_s_shell_and_those_in_it_sit_on_its_terminal()
    {
        Assert.True(Of(("fairlead", Login), ("bash", Login), ("sshd-session", 0), ("sshd", 0)).IsOnLoginTerminal);
        Assert.True(Of(("fairlead", Login), ("zsh", Login), ("bash", Login), ("sshd", 0)).IsOnLoginTerminal);
        Assert.True(Of(("fairlead", 0), ("sh", 0), ("sshd-session", 0)).IsOnLoginTerminal);
    }

    [Fact]
    public void A_window_of_screen_does_not_while_screen_stands_below_the_login() =>
        Assert.False(Of(("fairlead", Window), ("bash", Window), ("screen", 0), ("screen", Login), ("bash", Login), ("sshd", 0)).IsOnLoginTerminal);

    [Fact]
    public void Without_a_login_above_it_nothing_does()
    {
        Assert.False(Of(("fairlead", Window), ("bash", Window), ("tmux: server", 0)).IsOnLoginTerminal);
        Assert.False(new Ancestry { Processes = [], IsCutShort = true }.IsOnLoginTerminal);
    }

    [Fact]
    public void A_session_is_seen_in_the_processes_or_told_by_the_variables()
    {
        Assert.True(Of(("fairlead", Login), ("bash", Login), ("sudo", Login), ("bash", Login), ("sshd-session", 0)).IsInSession(hasVariables: false));
        Assert.True(Of(("fairlead", Window), ("bash", Window), ("tmux: server", 0)).IsInSession(hasVariables: false));
        Assert.True(Of(("fairlead", Window), ("bash", Window), ("screen", 0)).IsInSession(hasVariables: false));
        Assert.True(Of(("fairlead", Window), ("bash", Window), ("tailscaled", 0)).IsInSession(hasVariables: true));
        Assert.False(Of(("fairlead", Window), ("bash", Window), ("xterm", 0)).IsInSession(hasVariables: false));
    }

    private static Ancestry Of(params (string Command, int Terminal)[] processes) => new()
    {
        Processes = [.. processes.Select((process, i) => new ProcessStat(100 - i, process.Command, 99 - i, 1, process.Terminal, 1))],
        IsCutShort = false,
    };
}
