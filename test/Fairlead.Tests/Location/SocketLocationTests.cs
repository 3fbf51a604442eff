using System.Net.Sockets;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Location;
using Fairlead.Settings;

namespace Fairlead.Tests.Location;

public sealed class SocketLocationTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode GroupWritable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private readonly TempFolder folder = new();
    private readonly Surroundings me;

    public SocketLocationTests()
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
        SocketLocation location = Choose(me);

        Assert.Equal(HomeSocket, location.Socket);
        Assert.Equal(folder["home/.ssh/fairlead/gateway.ctl"], location.Control);
        Assert.Equal(folder["home/.ssh/fairlead/gateway.lock"], location.Lock);
        Assert.Equal(folder["home/.ssh/fairlead/gateway.log"], location.Log);
    }

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
        SocketLocations locations = SocketLocations.Find(other);

        Assert.Null(locations.Choose());
        Assert.Equal(FolderState.NotOurs, locations.FirstRefusal().State);
    }

    [Fact]
    public void A_tmp_that_belongs_to_neither_root_nor_us_is_refused()
    {
        Surroundings other = me with { Uid = me.Uid + 1, Home = null, RuntimeFolder = null };
        File.SetUnixFileMode(folder["tmp"], GroupWritable);

        Assert.Null(SocketLocations.Find(other).Choose());
    }

    [Fact]
    public void In_another_user_s_home_only_what_its_owner_made_is_looked_at()
    {
        SocketLocations locations = SocketLocations.Find(me with { Uid = me.Uid + 1 });

        Assert.True(locations.HomeIsForeign);
        SocketLocation location = Assert.Single(locations.All);
        Assert.Equal((HomeSocket, me.Uid), (location.Socket, location.Owner));
    }

    [Fact]
    public void A_daemon_that_could_make_no_socket_in_the_home_is_found_where_it_listens()
    {
        SocketLocation home = Choose(me);
        home.Prepare();
        Assert.Equal(0, FileLock.TryTake(home.Lock, out FileLock? held));
        using FileLock locked = held!;
        Directory.CreateDirectory(folder["run/fairlead"], OwnerOnly);
        using Socket socket = Bind("run/fairlead/gateway.sock");

        Assert.Equal(LocationSource.RuntimeFolder, Choose(me).Source);
    }

    [Fact]
    public void A_daemon_of_a_shell_that_did_not_see_the_home_is_not_followed()
    {
        Directory.CreateDirectory(folder["run/fairlead"], OwnerOnly);
        using Socket socket = Bind("run/fairlead/gateway.sock");

        Assert.Equal(LocationSource.Home, Choose(me).Source);
    }

    [Fact]
    public void A_plain_file_is_not_a_socket_that_stands_there()
    {
        Directory.CreateDirectory(folder["run/fairlead"], OwnerOnly);
        File.WriteAllText(folder["run/fairlead/gateway.sock"], "");

        Assert.Equal(LocationSource.Home, Choose(me).Source);
    }

    [Fact]
    public void A_socket_that_the_configuration_names_is_the_only_place()
    {
        SocketLocation location = SocketLocations.Find(me, folder["own/agent"]).Choose()!;

        Assert.Equal((folder["own/agent"], folder["own/agent.ctl"], folder["own/agent.lock"]), (location.Socket, location.Control, location.Lock));
        Assert.Equal(FolderState.Usable, location.Prepare().State);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder["own"]));
    }

    [Fact]
    public void A_socket_named_in_a_folder_where_everybody_writes_is_refused() =>
        Assert.Null(SocketLocations.Find(me, "/tmp/agent.sock").Choose());

    [Fact]
    public void A_socket_on_the_command_line_needs_no_home_of_ours()
    {
        SocketLocations locations = SocketLocations.Find(me with { Home = "/", Uid = me.Uid + 1 }, "/x/a.sock", LocationSource.CommandLine);

        Assert.False(locations.HomeIsForeign);
    }

    [Fact]
    public void Every_refusal_can_be_read_aloud() =>
        Assert.All(Enum.GetValues<FolderState>(), state => Assert.Contains("/x", new FolderVerdict(state, "/x", -Errno.EACCES).Describe()));

    public void Dispose() => folder.Dispose();

    private static SocketLocation Choose(Surroundings around) => SocketLocations.Find(around).Choose()!;

    private static SocketLocation HomeLocation(Surroundings around) => SocketLocations.Find(around).All[0];

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

    private Socket Bind(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder[path]));
        return socket;
    }
}
