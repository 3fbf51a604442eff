using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Location;
using Fairlead.Settings;

namespace Fairlead.Tests.Location;

public sealed class DaemonLocationsTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode GroupWritable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private readonly TempFolder folder = new();
    private readonly Surroundings me;

    public DaemonLocationsTests()
    {
        Directory.CreateDirectory(folder["home"], OwnerOnly);
        Directory.CreateDirectory(folder["run"], OwnerOnly);
        Directory.CreateDirectory(folder["tmp"], OwnerOnly);
        me = new Surroundings
        {
            Uid = CurrentProcess.Uid,
            Home = folder["home"],
            RuntimeFolder = folder["run"],
            HostName = "gateway",
            TemporaryFolder = folder["tmp"],
        };
    }

    private string HomeSocket => folder["home/.ssh/fairlead/gateway.sock"];

    [Fact]
    public void The_socket_lives_in_the_home_and_bears_the_host_s_name()
    {
        DaemonLocation location = DaemonLocations.Find(me).Choose()!;

        Assert.Equal(HomeSocket, location.Socket);
        Assert.Equal(folder["home/.local/state/fairlead/gateway/ctl"], location.State.Control);
        Assert.Equal(folder["home/.local/state/fairlead/gateway/lock"], location.State.Lock);
        Assert.Equal(folder["home/.local/state/fairlead/gateway/log"], location.State.Log);
    }

    /// <summary>People hand the folder of the agent socket into containers: what decides which agent answers is not to be in it, at any place.</summary>
    [Fact]
    public void No_place_for_state_is_in_or_around_a_folder_of_agent_sockets()
    {
        DaemonLocations locations = DaemonLocations.Find(me);
        Assert.Equal(3, locations.States.Count);
        Assert.All(locations.States, state => Assert.All(locations.Sockets, socket =>
        {
            Assert.False(state.Control.StartsWith(socket.Folders.Folder + "/", StringComparison.Ordinal));
            Assert.False(socket.Socket.StartsWith(state.Folders.Folder + "/", StringComparison.Ordinal));
        }));
    }

    /// <summary>One shell may have another XDG_STATE_HOME than the next, and a socket of its own in the configuration: all find the same daemon.</summary>
    [Fact]
    public void State_is_at_the_same_place_wherever_the_configuration_puts_the_socket() => Assert.Equal(
        DaemonLocations.Find(me).States.Select(state => state.Control), DaemonLocations.Find(me, folder["own/agent"]).States.Select(state => state.Control));

    [Fact]
    public void A_folder_that_leads_nowhere_holds_no_socket()
    {
        File.CreateSymbolicLink(folder["home/.ssh"], folder["nowhere"]);

        Assert.Equal(LocationSource.TemporaryFolder, Choose(me with { RuntimeFolder = null }).Source);
    }

    [Fact]
    public void Choosing_makes_nothing() => Assert.Multiple(
        () => Assert.Equal(FolderState.Missing, Choose(me).Look().State),
        () => Assert.False(Directory.Exists(folder["home/.ssh"])));

    [Fact]
    public void Preparing_makes_what_is_missing_for_the_owner_alone()
    {
        Assert.Equal(FolderState.Usable, Choose(me).Prepare().State);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder["home/.ssh"]));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder["home/.ssh/fairlead"]));
    }

    [Fact]
    public void Folders_for_state_are_made_for_the_owner_alone()
    {
        Assert.Equal(FolderState.Usable, DaemonLocations.Find(me).States[0].Prepare().State);

        Assert.All(
            new[] { "home/.local", "home/.local/state", "home/.local/state/fairlead", "home/.local/state/fairlead/gateway" },
            made => Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder[made])));
    }

    /// <summary>As some program run with sudo leaves it.</summary>
    [Fact]
    public void A_folder_for_state_that_others_may_change_is_passed_over()
    {
        Directory.CreateDirectory(folder["home/.local"], GroupWritable);
        File.SetUnixFileMode(folder["home/.local"], GroupWritable);

        DaemonLocation location = DaemonLocations.Find(me).Choose()!;

        Assert.Equal((HomeSocket, folder["run/fairlead.state/gateway/ctl"]), (location.Socket, location.State.Control));
    }

    [Fact]
    public void A_home_whose_path_is_too_long_gets_the_short_hash_of_the_host_s_name()
    {
        Surroundings deep = me with { HostName = new string('g', 90) };

        Assert.Matches("/home/.ssh/fairlead/[a-zA-Z0-9]{10}.sock$", Choose(deep).Socket);
    }

    [Fact]
    public void Where_even_that_is_too_long_the_runtime_folder_is_next()
    {
        string home = folder[new string('h', 100)];
        Directory.CreateDirectory(home, OwnerOnly);

        Assert.Equal(folder["run/fairlead/gateway.sock"], Choose(me with { Home = home }).Socket);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("")]
    [InlineData(".hidden")]
    public void A_host_name_that_is_no_file_name_is_hashed(string hostName) =>
        Assert.Matches("/fairlead/[a-zA-Z0-9]{10}.sock$", Choose(me with { HostName = hostName }).Socket);

    [Fact]
    public void Without_a_runtime_folder_the_last_place_is_in_tmp()
    {
        Surroundings poor = me with { Home = folder["nowhere"], RuntimeFolder = null };

        Assert.Equal(folder[$"tmp/fairlead-{me.Uid}/gateway.sock"], Choose(poor).Socket);
    }

    [Theory]
    [InlineData("home")]
    [InlineData("home/.ssh")]
    [InlineData("home/.ssh/fairlead")]
    public void A_folder_that_others_may_change_is_passed_over(string name)
    {
        MakeHomeFolders();
        File.SetUnixFileMode(folder[name], GroupWritable);

        Assert.Equal(FolderState.OpenToOthers, HomeLocation(me).Look().State);
        Assert.Equal(LocationSource.RuntimeFolder, Choose(me).Source);
    }

    [Fact]
    public void A_socket_folder_that_others_may_only_enter_is_refused_too()
    {
        MakeHomeFolders();
        File.SetUnixFileMode(folder["home/.ssh/fairlead"], OwnerOnly | UnixFileMode.OtherExecute);

        Assert.Equal(FolderState.OpenToOthers, HomeLocation(me).Look().State);
    }

    [Fact]
    public void A_symbolic_link_in_the_socket_folder_s_place_is_refused()
    {
        Directory.CreateDirectory(folder["home/.ssh"], OwnerOnly);
        Directory.CreateDirectory(folder["elsewhere"], OwnerOnly);
        File.CreateSymbolicLink(folder["home/.ssh/fairlead"], folder["elsewhere"]);

        Assert.Equal(FolderState.NotAFolder, HomeLocation(me).Prepare().State);
    }

    [Fact]
    public void A_dotfile_manager_s_link_in_place_of_the_ssh_folder_is_followed()
    {
        Directory.CreateDirectory(folder["dotfiles"], OwnerOnly);
        File.CreateSymbolicLink(folder["home/.ssh"], folder["dotfiles"]);

        Assert.Equal(FolderState.Usable, HomeLocation(me).Prepare().State);
        Assert.True(Directory.Exists(folder["dotfiles/fairlead"]));
    }

    [Fact]
    public void A_file_in_the_socket_folder_s_place_is_refused()
    {
        Directory.CreateDirectory(folder["home/.ssh"], OwnerOnly);
        File.WriteAllText(folder["home/.ssh/fairlead"], "");

        Assert.Equal(FolderState.NotAFolder, HomeLocation(me).Prepare().State);
    }

    [Fact]
    public void A_folder_of_another_user_in_tmp_is_refused()
    {
        // /tmp itself is in order; the name in it was taken by somebody else.
        Surroundings other = me with { Uid = me.Uid + 1, Home = null, RuntimeFolder = null, TemporaryFolder = "/tmp" };
        using var squatted = new SquattedFolder($"/tmp/fairlead-{other.Uid}");
        DaemonLocations locations = DaemonLocations.Find(other);

        Assert.Null(locations.Choose());
        Assert.Equal(FolderState.NotOurs, locations.FirstRefusal().State);
    }

    [Fact]
    public void A_tmp_that_belongs_to_neither_root_nor_us_is_refused()
    {
        Surroundings other = me with { Uid = me.Uid + 1, Home = null, RuntimeFolder = null };
        File.SetUnixFileMode(folder["tmp"], GroupWritable);

        Assert.Null(DaemonLocations.Find(other).Choose());
    }

    [Fact]
    public void In_another_user_s_home_only_what_its_owner_made_is_looked_at()
    {
        DaemonLocations locations = DaemonLocations.Find(me with { Uid = me.Uid + 1 });

        Assert.True(locations.HomeIsForeign);
        SocketLocation location = Assert.Single(locations.Sockets);
        StateLocation state = Assert.Single(locations.States);
        Assert.Equal((HomeSocket, me.Uid, me.Uid), (location.Socket, location.Folders.Owner, state.Folders.Owner));
    }

    [Fact]
    public void A_socket_that_the_configuration_names_is_the_only_place()
    {
        SocketLocation location = Assert.Single(DaemonLocations.Find(me, folder["own/agent"]).Sockets);

        Assert.Equal(folder["own/agent"], location.Socket);
        Assert.Equal(FolderState.Usable, location.Prepare().State);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder["own"]));
    }

    /// <summary>A person may run several of those.</summary>
    [Fact]
    public void With_a_socket_on_the_command_line_all_else_stands_beside_it()
    {
        StateLocation state = Assert.Single(DaemonLocations.Find(me, folder["own/a.sock"], LocationSource.CommandLine).States);

        Assert.Equal((folder["own/a.ctl"], folder["own/a.lock"]), (state.Control, state.Lock));
        Assert.Equal(folder["own/a.sock"], state.ReadSocket());
    }

    [Fact]
    public void A_socket_named_in_a_folder_where_everybody_writes_is_refused() =>
        Assert.Null(DaemonLocations.Find(me, "/tmp/agent.sock").Choose());

    [Fact]
    public void A_socket_on_the_command_line_needs_no_home_of_ours()
    {
        DaemonLocations locations = DaemonLocations.Find(me with { Home = "/", Uid = me.Uid + 1 }, "/x/a.sock", LocationSource.CommandLine);

        Assert.False(locations.HomeIsForeign);
    }

    [Fact]
    public void Every_refusal_can_be_read_aloud() =>
        Assert.All(Enum.GetValues<FolderState>(), state => Assert.Contains("/x", new FolderVerdict(state, "/x", -Errno.EACCES).Describe()));

    public void Dispose() => folder.Dispose();

    private static SocketLocation Choose(Surroundings around) => DaemonLocations.Find(around).Choose()!.Agent;

    private static SocketLocation HomeLocation(Surroundings around) => DaemonLocations.Find(around).Sockets[0];

    private void MakeHomeFolders()
    {
        Directory.CreateDirectory(folder["home/.ssh"], OwnerOnly);
        Directory.CreateDirectory(folder["home/.ssh/fairlead"], OwnerOnly);
    }

    private sealed class SquattedFolder : IDisposable
    {
        private readonly string path;

        public SquattedFolder(string path)
        {
            this.path = path;
            Directory.CreateDirectory(path, OwnerOnly);
        }

        public void Dispose() => Directory.Delete(path);
    }
}
