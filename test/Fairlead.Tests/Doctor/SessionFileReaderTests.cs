using Fairlead.Doctor;
using Fairlead.Files;
using Fairlead.Shell;
using Fairlead.Tests.Multiplexers;

namespace Fairlead.Tests.Doctor;

public sealed class SessionFileReaderTests : IDisposable
{
    private readonly TempFolder home = new();

    [Theory]
    [InlineData("set-environment -g SSH_AUTH_SOCK ~/.ssh/sock", "~/.ssh/sock")]
    [InlineData("setenv -g 'SSH_AUTH_SOCK' \"$HOME/.ssh/sock\"", "$HOME/.ssh/sock")]
    [InlineData("set-hook -g client-attached 'setenv -g SSH_AUTH_SOCK /tmp/sock'", "/tmp/sock")]
    [InlineData("setenv -g SSH_AUTH_SOCK /tmp/sock \\; setenv -g FOO bar", "/tmp/sock")]
    public void An_agent_that_tmux_gives_to_new_panes_is_found(string line, string agent)
    {
        File.WriteAllText(home[".tmux.conf"], $"# mine\n{line}\n");

        Assert.Equal([new SessionLine(new FileLine("~/.tmux.conf", 2), SessionLineKind.SetsAgent, agent)], Read());
    }

    [Theory]
    [InlineData("set-environment -gu SSH_AUTH_SOCK")]
    [InlineData("setenv -g -r SSH_AUTH_SOCK")]
    public void A_variable_that_tmux_takes_away_is_found(string line)
    {
        Directory.CreateDirectory(home[".config/tmux"]);
        File.WriteAllText(home[".config/tmux/tmux.conf"], line);

        Assert.Equal([new SessionLine(new FileLine("~/.config/tmux/tmux.conf", 1), SessionLineKind.RemovesAgent)], Read());
    }

    /// <summary>tmux itself says what each line does.</summary>
    [Theory]
    [InlineData("set-environment -g SSH_AUTH_SOCK /tmp/sock", SessionLineKind.SetsAgent)]
    [InlineData("setenv -gr SSH_AUTH_SOCK", SessionLineKind.RemovesAgent)]
    [InlineData("setenv -gu SSH_AUTH_SOCK", SessionLineKind.RemovesAgent)]
    [InlineData("set -g update-environment 'DISPLAY SSH_AUTH_SOCK'", null)]
    [InlineData("setenv -g SSH_AUTH_SOCK $SSH_AUTH_SOCK", null)]
    public void What_a_line_does_is_what_tmux_does(string line, object? kind)
    {
        File.WriteAllText(home[".tmux.conf"], line + "\n");
        using var tmux = new RealTmux(home["tmux"], "sleep 600");
        tmux.Run("set-environment", "-g", "SSH_AUTH_SOCK", "/tmp/before");
        tmux.Run("source-file", home[".tmux.conf"]);

        string now = tmux.Run("show-environment", "-g").Split('\n').FirstOrDefault(shown => shown.StartsWith("SSH_AUTH_SOCK=", StringComparison.Ordinal)) ?? "";

        Assert.Equal(kind is SessionLineKind.RemovesAgent, now.Length == 0);
        Assert.Equal(kind is SessionLineKind.SetsAgent, now == "SSH_AUTH_SOCK=/tmp/sock");
        Assert.Equal(kind, Read().SingleOrDefault()?.Kind);
    }

    [Theory]
    [InlineData("setenv SSH_AUTH_SOCK $HOME/.ssh/sock", SessionLineKind.SetsAgent)]
    [InlineData("  unsetenv SSH_AUTH_SOCK", SessionLineKind.RemovesAgent)]
    public void What_screen_gives_to_new_windows_is_found(string line, object kind)
    {
        File.WriteAllText(home[".screenrc"], line);

        Assert.Equal(kind, Assert.Single(Read()).Kind);
    }

    [Fact]
    public void Screen_reads_the_file_that_SCREENRC_names()
    {
        File.WriteAllText(home["mine"], "unsetenv SSH_AUTH_SOCK\n");

        Assert.Equal("~/mine", Assert.Single(Read(name => name == "SCREENRC" ? home["mine"] : null)).Place.File);
    }

    [Theory]
    [InlineData(".ssh/rc", "if test \"$SSH_AUTH_SOCK\"; then ln -sf \"$SSH_AUTH_SOCK\" ~/.ssh/sock; fi")]
    [InlineData(".tmux.conf", "set-hook -g client-attached 'run-shell \"ln -sf $SSH_AUTH_SOCK ~/.ssh/sock\"'")]
    public void A_link_that_is_made_outside_the_rc_files_is_found(string file, string line)
    {
        Directory.CreateDirectory(home[".ssh"]);
        File.WriteAllText(home[file], $"\n{line}\n");

        Assert.Equal([new SessionLine(new FileLine($"~/{file}", 2), SessionLineKind.MakesLink)], Read());
    }

    [Theory]
    [InlineData("# setenv -g SSH_AUTH_SOCK /tmp/sock")]
    [InlineData("setenv -g SSH_AUTH_SOCK ~/ours")]
    [InlineData("setenv -g SSH_AUTH_SOCK '#{socket_path}'")]
    [InlineData("set -ag update-environment SSH_AUTH_SOCK")]
    [InlineData("setenv -g SSH_AGENT_PID 7")]
    public void What_leaves_fairlead_in_place_is_skipped(string line)
    {
        File.WriteAllText(home[".tmux.conf"], line);

        Assert.Empty(Read());
    }

    public void Dispose() => home.Dispose();

    private IReadOnlyList<SessionLine> Read(Func<string, string?>? variable = null) =>
        new SessionFileReader(home.Path, path => path == home["ours"] ? SocketOwner.Ourselves : SocketOwner.Nobody).Read(variable ?? (_ => null));
}
