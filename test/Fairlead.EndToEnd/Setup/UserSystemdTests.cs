using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Setup;

/// <summary><c>fairlead setup --systemd</c> with the systemd of a person, running.</summary>
public class UserSystemdTests
{
    private const string Socket = "fairlead.socket";
    private const string Service = "fairlead.service";

    [Fact]
    public async Task Systemd_listens_has_the_first_client_start_the_daemon_and_lets_go_of_the_socket_again()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await using NotifySocket notices = NotifySocket.Create(Path.Combine(stage.Folder, "systemd.notify"));
        await using UserManager systemd = await UserManager.Start(stage.Person, notices);

        (await systemd.Run(stage.Fairlead, "setup", "--systemd", "--yes")).Succeeded();
        Assert.Equal(("active", "inactive"), (await StateOf(systemd, Socket), await StateOf(systemd, Service)));

        Login login = await (await stage.AddLaptop("home")).LogIn();
        await login.Start(Multiplexer.Of(MultiplexerKind.Tmux));
        Assert.Equal("home-key", await login.KeySeenByWeb01());
        Assert.Equal($"{stage.DaemonProcesses().Single()}", await systemd.Property(Service, "MainPID"));

        (await systemd.Run(stage.Fairlead, "restart")).Succeeded();
        Assert.Equal("home-key", await login.KeySeenByWeb01());
        Assert.Equal($"{stage.DaemonProcesses().Single()}", await systemd.Property(Service, "MainPID"));

        (await systemd.Run("systemctl", "--user", "restart", Service)).Succeeded();
        Assert.Equal("home-key", await login.KeySeenByWeb01());

        (await systemd.Run(stage.Fairlead, "setup", "--undo", "--yes")).Succeeded();
        Assert.Equal(("inactive", "inactive"), (await StateOf(systemd, Socket), await StateOf(systemd, Service)));
        Assert.Equal("not-found", await systemd.Property(Service, "LoadState"));
        Assert.Empty(stage.DaemonProcesses());
        Assert.False(File.Exists(stage.StableSocket));
    }

    private static Task<string> StateOf(UserManager systemd, string unit) => systemd.Property(unit, "ActiveState");
}
