using System.Globalization;
using Fairlead.Doctor;
using Fairlead.Shell;
using Fairlead.Tests.Multiplexers;

namespace Fairlead.Tests.Doctor;

/// <summary>With a real tmux server.</summary>
public sealed class TmuxReaderTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly RealTmux tmux;

    public TmuxReaderTests() => tmux = new RealTmux(folder["tmux"], "sleep 600");

    [Fact]
    public void What_the_session_gives_to_new_panes_is_told()
    {
        tmux.Run("set-environment", "-g", "SSH_AUTH_SOCK", "/tmp/of-the-server");
        tmux.Run("set-environment", "SSH_AUTH_SOCK", "/tmp/of-the-session");

        Assert.Equal(new TmuxFacts { Agent = "/tmp/of-the-session", Listener = SocketOwner.Nobody, UpdateIndex = 3 }, Read());
    }

    [Fact]
    public void Without_a_value_in_the_session_that_of_the_server_counts()
    {
        tmux.Run("set-environment", "-g", "SSH_AUTH_SOCK", "/tmp/of-the-server");
        tmux.Run("set-environment", "-u", "SSH_AUTH_SOCK");

        Assert.Equal("/tmp/of-the-server", Read()!.Agent);
    }

    [Fact]
    public void A_variable_that_is_taken_away_is_in_no_new_pane()
    {
        tmux.Run("set-environment", "-r", "SSH_AUTH_SOCK");

        Assert.Equal((null, SocketOwner.Unset), (Read()!.Agent, Read()!.Listener));
    }

    [Fact]
    public void The_line_that_mends_it_takes_it_off_the_list()
    {
        tmux.Run("set-option", "-gu", $"update-environment[{Read()!.UpdateIndex!.Value.ToString(CultureInfo.InvariantCulture)}]");

        Assert.Null(Read()!.UpdateIndex);
    }

    [Fact]
    public void A_server_that_is_gone_is_not_asked() =>
        Assert.Null(TmuxReader.Read($"{folder["tmux"]},1,0", _ => SocketOwner.Nobody));

    public void Dispose()
    {
        tmux.Dispose();
        folder.Dispose();
    }

    private TmuxFacts? Read() => TmuxReader.Read(
        $"{folder["tmux"]},{tmux.Run("display-message", "-p", "#{pid}")},0", path => path is null ? SocketOwner.Unset : SocketOwner.Nobody);
}
