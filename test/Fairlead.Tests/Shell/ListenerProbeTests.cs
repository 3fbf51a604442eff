using System.Net.Sockets;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class ListenerProbeTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Surroundings me = new() { Uid = CurrentProcess.Uid, HostName = "gateway" };
    private readonly Ancestry nobody = new() { Processes = [], IsCutShort = false };

    public ListenerProbeTests()
    {
        listener.Bind(new UnixDomainSocketEndPoint(Agent));
        listener.Listen();
    }

    private string Agent => folder["agent"];

    [Fact]
    public void Without_a_path_there_is_nobody_to_ask() => Assert.Equal(SocketOwner.Unset, Look(null));

    [Fact]
    public void A_path_that_is_gone_is_served_by_nobody() => Assert.Equal(SocketOwner.Nobody, Look(folder["gone"]));

    [Fact]
    public void A_file_that_is_no_socket_is_served_by_nobody()
    {
        File.WriteAllText(folder["file"], "");

        Assert.Equal(SocketOwner.Nobody, Look(folder["file"]));
    }

    [Fact]
    public void A_socket_that_refuses_is_served_by_nobody()
    {
        listener.Close();

        Assert.Equal(SocketOwner.Nobody, Look(Agent));
    }

    [Fact]
    public void A_live_program_is_another_program() => Assert.Equal(SocketOwner.AnotherProgram, Look(Agent));

    [Fact]
    public void An_ancestor_is_the_login_whatever_server_it_is_of()
    {
        var below = new Ancestry { Processes = [new ProcessStat(1, "sh", Environment.ProcessId, 1, 0, 0)], IsCutShort = true };

        Assert.Equal(SocketOwner.Login, Look(Agent, ancestry: below));
    }

    [Fact]
    public void The_daemon_s_pid_is_ourselves_whatever_the_path() =>
        Assert.Equal(SocketOwner.Ourselves, Look(Agent, daemonPid: Environment.ProcessId));

    [Fact]
    public void Our_path_is_ourselves_even_when_nothing_is_there() =>
        Assert.Equal(SocketOwner.Ourselves, Look(folder["ours"], socket: folder["ours"]));

    [Fact]
    public void A_link_to_our_socket_is_ourselves()
    {
        File.CreateSymbolicLink(folder["link"], Agent);

        Assert.Equal(SocketOwner.Ourselves, Look(folder["link"], socket: Agent));
    }

    [Theory]
    [InlineData(1000, 1000, nameof(SocketOwner.AnotherProgram))]
    [InlineData(1000, 0, nameof(SocketOwner.AnotherProgram))]
    [InlineData(1000, 1001, nameof(SocketOwner.Nobody))]
    [InlineData(0, 1001, nameof(SocketOwner.Nobody))]
    public void A_listener_counts_only_when_it_is_ours_or_root_s(uint uid, uint peer, string listener) =>
        Assert.Equal(listener, Judge(me with { Uid = uid }, peer).ToString());

    [Fact]
    public void Under_sudo_the_agent_of_the_person_who_typed_it_is_kept() =>
        Assert.Equal(SocketOwner.AnotherProgram, Judge(me with { Uid = 0, SudoUid = 1001 }, 1001));

    [Fact]
    public void A_variable_that_anybody_can_set_gives_nobody_but_root_another_s_agent() =>
        Assert.Equal(SocketOwner.Nobody, Judge(me with { Uid = 1000, SudoUid = 1001 }, 1001));

    public void Dispose()
    {
        listener.Dispose();
        folder.Dispose();
    }

    private SocketOwner Judge(Surroundings around, uint peer) =>
        ListenerProbe.Judge(new PeerCredentials(0, peer, peer), 0, nobody, around);

    private SocketOwner Look(string? path, string socket = "/nowhere", int daemonPid = 0, Ancestry? ancestry = null) =>
        ListenerProbe.Look(path, [socket], daemonPid, ancestry ?? nobody, me);
}
