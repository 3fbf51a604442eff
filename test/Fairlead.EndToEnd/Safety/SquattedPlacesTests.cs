using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>
/// Somebody was there before: at every name that fairlead uses. The login must go on as if fairlead were not installed, or with a
/// socket in a safe place, and nothing may land in the squatter's hands.
/// </summary>
public class SquattedPlacesTests
{
    /// <summary>So long that no socket below it has a path that the kernel takes.</summary>
    private static readonly string LongHome = new('h', 95);

    [Theory]
    [InlineData("ln -s $TRAP $FOLDER", Label = "a symlink to a stranger's folder")]
    [InlineData("ln -s $TRAP $FOLDER; chown -h $STRANGER $FOLDER", Label = "a symlink of a stranger's")]
    [InlineData("mkdir -m 777 $FOLDER; chown $STRANGER $FOLDER", Label = "a stranger's folder")]
    [InlineData("mkdir -m 777 $FOLDER; chown $PERSON $FOLDER", Label = "a folder open to everybody")]
    [InlineData("echo mine > $FOLDER; chown $PERSON $FOLDER", Label = "a plain file")]
    [InlineData("mkdir -m 700 $FOLDER; chown $PERSON $FOLDER; ln -s $TRAP/listener $SOCKET", Label = "a symlink in the socket's place")]
    [InlineData("mkdir -m 700 -p $FOLDER $SOCKET; chown $PERSON $FOLDER $SOCKET", Label = "a folder in the socket's place")]
    public async Task In_the_home_it_is_refused_and_the_login_is_fine(string squat)
    {
        await using Stage stage = await Stage.Raise();

        await IsRefused(stage, Path.GetDirectoryName(stage.StableSocket)!, stage.StableSocket, squat);
    }

    [Theory]
    [InlineData("ln -s $TRAP $FOLDER; chown -h $STRANGER $FOLDER", Label = "a symlink of a stranger's")]
    [InlineData("mkdir -m 777 $FOLDER; chown $STRANGER $FOLDER", Label = "a stranger's folder")]
    [InlineData("mkdir -m 777 $FOLDER; chown $PERSON $FOLDER", Label = "a folder open to everybody")]
    [InlineData("echo mine > $FOLDER; chown $PERSON $FOLDER", Label = "a plain file")]
    [InlineData("mkdir -m 700 $FOLDER; ln -s $TRAP/listener $SOCKET; chown $PERSON $FOLDER", Label = "a symlink in the control socket's place")]
    [InlineData("mkdir -m 700 $FOLDER; ln -s $TRAP/lock $FOLDER/lock; chown $PERSON $FOLDER", Label = "a stranger's lock file")]
    public async Task In_the_folder_of_state_it_is_refused_and_the_login_is_fine(string squat)
    {
        await using Stage stage = await Stage.Raise();
        (await stage.AsPerson("sh", "-c", "umask 077; mkdir -p ~/.local/state/fairlead")).Succeeded();

        await IsRefused(stage, Path.GetDirectoryName(stage.ControlSocket)!, stage.ControlSocket, squat);
    }

    /// <summary>Left there while the folder was open: it is not ours to remove, and nobody gets it back into his hands.</summary>
    [Fact]
    public async Task A_stranger_s_dead_socket_in_a_folder_that_is_private_again_is_renamed()
    {
        await using Stage stage = await Stage.Raise();
        Account stranger = await stage.AddAccount();
        (await stage.AsPerson("mkdir", "-m", "777", Path.GetDirectoryName(stage.StableSocket)!)).Succeeded();
        (await stage.AsPerson("chmod", "711", stage.Person.Home, stage.Person.InHome(".ssh"))).Succeeded();
        (await stage.AsPerson("chmod", "777", Path.GetDirectoryName(stage.StableSocket)!)).Succeeded();
        await DeadSocket.Leave(stage.StableSocket, stranger);
        (await stage.AsPerson("chmod", "700", Path.GetDirectoryName(stage.StableSocket)!)).Succeeded();

        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.True(File.Exists(stage.StableSocket + ".stranger"));
    }

    [Theory]
    [InlineData("mkdir -m 777 $FOLDER; chown $STRANGER $FOLDER", Label = "a stranger's folder")]
    [InlineData("ln -s $TRAP $FOLDER; chown -h $STRANGER $FOLDER", Label = "a symlink of a stranger's")]
    [InlineData("echo mine > $FOLDER; chown $STRANGER $FOLDER", Label = "a plain file of a stranger's")]
    public async Task In_the_temporary_folder_it_is_refused_and_the_login_is_fine(string squat)
    {
        await using Stage stage = await Stage.Raise(home: LongHome);

        await IsRefused(stage, TemporaryFolder(stage), Path.Combine(TemporaryFolder(stage), "x.sock"), squat);
    }

    [Fact]
    public async Task A_home_with_too_long_a_path_gets_a_private_temporary_folder()
    {
        await using Stage stage = await Stage.Raise(home: LongHome);
        Laptop home = await stage.AddLaptop("home");

        Login sofa = await home.LogIn();

        Assert.StartsWith(TemporaryFolder(stage) + "/", await sofa.AuthSock(), StringComparison.Ordinal);
        Finished mode = await Invocation.Of("stat", "-c", "%a %u", TemporaryFolder(stage)).Run();
        Assert.Equal($"700 {stage.Person.UserId}\n", mode.Output);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    private static string TemporaryFolder(Stage stage) => $"/tmp/fairlead-{stage.Person.UserId}";

    private static async Task IsRefused(Stage stage, string folder, string socket, string squat)
    {
        Account stranger = await stage.AddAccount();
        string den = Path.Combine(stage.Folder, "den");
        (await Invocation.Of("install", "-d", "-m", "777", "-o", stranger.Name, den).Run()).Succeeded();
        Trap trap = await Trap.Set(stage, stranger, Path.Combine(den, "listener"));
        (await Invocation.Of("sh", "-c", squat)
            .WithOnly($"TRAP={den}", $"FOLDER={folder}", $"SOCKET={socket}", $"STRANGER={stranger.Name}", $"PERSON={stage.Person.Name}")
            .Run()).Succeeded();
        Laptop home = await stage.AddLaptop("home");

        Finished quiet = await home.Ssh("-A", "gateway", "echo over").Run();
        Assert.Equal(("over\n", "", 0), (quiet.Output, quiet.Error, quiet.ExitCode));
        Login sofa = await home.LogIn();
        string path = await sofa.AuthSock();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await IsPrivate(stage.Person, path);
        Assert.Equal(["listener"], Directory.EnumerateFileSystemEntries(den).Select(Path.GetFileName));
        trap.CaughtNothing();
    }

    /// <summary>The socket is the person's, in a folder that is theirs alone, and no link leads there.</summary>
    private static async Task IsPrivate(Account person, string path)
    {
        Finished socket = await Invocation.Of("stat", "-c", "%F %u", path).Run();
        Finished folder = await Invocation.Of("stat", "-c", "%F %u %a", Path.GetDirectoryName(path)!).Run();
        Assert.Equal($"socket {person.UserId}\n", socket.Output);
        Assert.Equal($"directory {person.UserId} 700\n", folder.Output);
    }
}
