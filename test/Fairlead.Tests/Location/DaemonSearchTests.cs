using System.Net.Sockets;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.Location;

/// <summary>Which daemon runs is asked, wherever it listens: it may have started when another place was the best.</summary>
public sealed class DaemonSearchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TempFolder folder = new();
    private readonly List<Socket> listeners = [];
    private readonly Surroundings around;

    public DaemonSearchTests() => around = new Surroundings
    {
        Uid = CurrentProcess.Uid,
        Home = folder.Make("home"),
        RuntimeFolder = folder.Make("run"),
        HostName = "gateway",
        TemporaryFolder = folder.Make("tmp"),
    };

    private DaemonLocations Here => DaemonLocations.Find(around);

    [Fact]
    public void Where_none_listens_none_is_found()
    {
        FoundDaemon found = DaemonSearch.Find(Here, Patience);
        Assert.Equal((ControlOutcome.NotReachable, null), (found.Outcome, found.Client));
        Assert.Empty(DaemonSearch.FindAll(Here, Patience));
    }

    [Theory]
    [InlineData("home/.local/state/fairlead/gateway/ctl", Label = "the best place")]
    [InlineData("home/.local/state/fairlead/before/ctl", Label = "the host had another name")]
    [InlineData("run/fairlead.state/gateway/ctl", Label = "the home took no file")]
    [InlineData("tmp/fairlead-UID.state/gateway/ctl", Label = "nothing else took one")]
    [InlineData("home/.ssh/fairlead/gateway.ctl", Label = "where 0.1 had it")]
    [InlineData("home/.ssh/fairlead/before.ctl", Label = "where 0.1 had it, under another name")]
    [InlineData("run/fairlead/gateway.ctl", Label = "where 0.1 had it when the home took no file")]
    public void It_is_found_wherever_it_listens(string where)
    {
        string control = Listen(where);

        FoundDaemon found = DaemonSearch.Find(Here, Patience);
        using ControlClient? client = found.Client;

        Assert.Equal((ControlOutcome.Answered, control), (found.Outcome, found.State?.Control));
    }

    [Fact]
    public void Of_several_the_one_at_the_best_place_comes_first_and_each_comes_once()
    {
        Listen("home/.ssh/fairlead/gateway.ctl");
        Listen("run/fairlead.state/gateway/ctl");
        Listen("home/.local/state/fairlead/gateway/ctl");

        IReadOnlyList<FoundDaemon> found = DaemonSearch.FindAll(Here, Patience); // one process listens at all three
        using ControlClient? client = Assert.Single(found).Client;

        Assert.Equal(folder["home/.local/state/fairlead/gateway/ctl"], found[0].State?.Control);
    }

    [Fact]
    public void One_that_is_named_on_the_command_line_is_nobody_else_s()
    {
        Listen("home/.local/state/fairlead/gateway/ctl");
        Listen("own/other.ctl");

        Assert.Empty(DaemonSearch.FindAll(DaemonLocations.Find(around, folder["own/a.sock"], LocationSource.CommandLine), Patience));
    }

    [Fact]
    public void One_whose_socket_the_configuration_names_is_found_beside_it()
    {
        Listen("own/agent.ctl");

        FoundDaemon found = DaemonSearch.Find(DaemonLocations.Find(around, folder["own/agent"]), Patience);
        using ControlClient? client = found.Client;

        Assert.Equal(folder["own/agent"], found.State?.ReadSocket());
    }

    /// <summary>A backlog that is full: somebody is there, and asks for patience.</summary>
    [Fact]
    public void One_that_takes_no_connection_is_there_and_does_not_answer()
    {
        string control = Listen("home/.local/state/fairlead/gateway/ctl", backlog: 0);
        using var first = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        first.Connect(new UnixDomainSocketEndPoint(control));

        Assert.Equal(ControlOutcome.NoAnswer, DaemonSearch.Find(Here, TimeSpan.FromMilliseconds(1)).Outcome);
    }

    /// <summary>Another user can make a folder of that name in /tmp, with a socket that lets nobody connect and a link to one of his.</summary>
    [Theory]
    [InlineData("tmp/fairlead-UID.state/gateway", 0x1c0u)]
    [InlineData("tmp/fairlead-UID.state/gateway", 0x1ffu)]
    [InlineData("home/.local/state/fairlead/gateway", 0x1ffu)]
    public void What_another_user_may_have_made_is_no_daemon(string where, uint mode)
    {
        string control = Listen($"{where}/ctl");
        string place = Path.GetDirectoryName(control)!;
        Assert.Equal(0, SymbolicLink.Write($"{place}/agent", "/tmp/evil.sock"));
        File.SetUnixFileMode(place, (UnixFileMode)mode);
        if (mode == 0x1c0u)
        {
            Ownership.Give(place, 1);
        }

        Assert.Empty(DaemonSearch.FindAll(Here, Patience));
        Assert.Null(DaemonSearch.Locate(Here));
        Assert.Empty(DaemonSearch.List(Here));
        Assert.Equal(ControlOutcome.NotReachable, DaemonSearch.Find(Here, Patience).Outcome);
    }

    /// <summary>XDG_RUNTIME_DIR is set in one shell and not in the next.</summary>
    [Fact]
    public void One_in_a_runtime_folder_that_this_shell_does_not_name_is_found()
    {
        string control = Listen("run/fairlead.state/gateway/ctl");

        FoundDaemon found = DaemonSearch.Find(DaemonLocations.Find(around with { RuntimeFolder = null }), Patience);
        using ControlClient? client = found.Client;

        Assert.Equal(control, found.State?.Control);
    }

    [Fact]
    public void The_link_beside_it_says_which_socket_it_serves()
    {
        Listen("home/.local/state/fairlead/before/ctl");
        Assert.Equal(0, SymbolicLink.Write(folder["home/.local/state/fairlead/before/agent"], folder["home/.ssh/fairlead/before.sock"]));

        FoundDaemon found = DaemonSearch.Find(Here, Patience);
        using ControlClient? client = found.Client;
        DaemonLocation location = Here.At(found.State!, found.State!.ReadSocket());

        Assert.Equal((folder["home/.ssh/fairlead/before.sock"], LocationSource.Home), (location.Socket, location.Agent.Source));
    }

    public void Dispose()
    {
        listeners.ForEach(listener => listener.Dispose());
        folder.Dispose();
    }

    private string Listen(string where, int backlog = 5)
    {
        string name = where.Replace("UID", $"{around.Uid}", StringComparison.Ordinal);
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = name.IndexOf('/', slash + 1))
        {
            folder.Make(name[..slash]);
        }

        string path = folder[name];
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listeners.Add(listener);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(backlog);
        return path;
    }
}
