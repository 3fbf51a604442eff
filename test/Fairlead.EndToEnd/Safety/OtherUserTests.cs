using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

public class OtherUserTests
{
    [Fact]
    public async Task A_stranger_cannot_connect_to_any_of_the_sockets()
    {
        await using Stage stage = await Stage.Raise();
        await LogInAt(stage);
        Account stranger = await stage.AddAccount();

        foreach (string socket in new[] { stage.StableSocket, stage.ControlSocket })
        {
            Finished list = await AsksForKeys(stranger, socket);
            Assert.Equal((2, ""), (list.ExitCode, list.Output));
            Assert.Contains("Permission denied", list.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stranger_gets_neither_list_nor_signature_through_a_folder_left_open_by_mistake()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await LogInAt(stage);
        Account stranger = await stage.AddAccount();
        string folder = Path.GetDirectoryName(stage.StableSocket)!;
        string state = Path.GetDirectoryName(stage.ControlSocket)!;
        (await Invocation.Of("chmod", "755", Path.GetDirectoryName(folder)!, folder, Path.GetDirectoryName(state)!, state).Run()).Succeeded();
        (await Invocation.Of("chmod", "666", stage.StableSocket, stage.ControlSocket).Run()).Succeeded();
        string publicKey = Path.Combine(stage.Folder, "home.pub");
        await File.WriteAllTextAsync(publicKey, home.Key.Public + "\n");

        Finished list = await AsksForKeys(stranger, stage.StableSocket);
        Finished sign = await Invocation.Of("ssh-add", "-T", publicKey).As(stranger, $"SSH_AUTH_SOCK={stage.StableSocket}").Run();

        Assert.NotEqual(0, list.ExitCode);
        Assert.DoesNotContain("home-key", list.Output + list.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, sign.ExitCode);
    }

    [Fact]
    public async Task Root_is_let_in_as_ssh_agent_does_it()
    {
        await using Stage stage = await Stage.Raise();
        await LogInAt(stage);

        Finished list = await Invocation.Of("ssh-add", "-l").WithOnly($"SSH_AUTH_SOCK={stage.StableSocket}").Run();

        Assert.Contains("home-key", list.Output, StringComparison.Ordinal);
    }

    private static async Task<Laptop> LogInAt(Stage stage)
    {
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        return home;
    }

    private static Task<Finished> AsksForKeys(Account stranger, string socket) =>
        Invocation.Of("ssh-add", "-l").As(stranger, $"SSH_AUTH_SOCK={socket}").Run();
}
