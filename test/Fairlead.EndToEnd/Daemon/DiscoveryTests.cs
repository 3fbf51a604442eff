using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

public class DiscoveryTests
{
    [Theory]
    [InlineData("ssh-AbCdEfGhIj/agent.4711")]
    [InlineData("s.{0}.sshd.abcdefghij")]
    public async Task A_named_folder_is_read_in_both_layouts_while_the_daemon_runs(string name)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string folder = stage.Person.InHome("agents");
        string socket = Path.Combine(folder, string.Format(name, HostName.Hash));
        (await stage.AsPerson("mkdir", "-m", "700", "-p", folder)).Succeeded();
        ForegroundDaemon daemon = await ForegroundDaemon.StartWatching(stage, folder);
        Assert.Equal(1, (await List(stage, daemon)).ExitCode);

        (await stage.AsPerson("mkdir", "-m", "700", "-p", Path.GetDirectoryName(socket)!)).Succeeded();
        SshAgent agent = stage.Keep(await SshAgent.Start(socket, stage.Person));
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, "key"), "found-key"));

        Finished list = await List(stage, daemon);
        Assert.Contains("found-key", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_sockets_around_the_live_one_cost_nothing_but_a_glance()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string folder = stage.Person.InHome("agents");
        await DeadSocket.Leave(stage.Person.InHome("dead"), stage.Person);
        (await stage.AsPerson("sh", "-c",
            "mkdir -m 700 agents; "
            + "for i in $(seq 1000 1200); do mkdir -m 700 agents/ssh-dead00$i; ln dead agents/ssh-dead00$i/agent.$i; done")).Succeeded();
        (await stage.AsPerson("mkdir", "-m", "700", $"{folder}/ssh-zzzzzzzzzz")).Succeeded();
        SshAgent agent = stage.Keep(await SshAgent.Start($"{folder}/ssh-zzzzzzzzzz/agent.1", stage.Person));
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, "key"), "found-key"));

        ForegroundDaemon daemon = await ForegroundDaemon.StartWatching(stage, folder);

        Assert.Contains("found-key", (await List(stage, daemon)).Output, StringComparison.Ordinal);
    }

    private static Task<Finished> List(Stage stage, ForegroundDaemon daemon) =>
        Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={daemon.Socket}").Run();
}
