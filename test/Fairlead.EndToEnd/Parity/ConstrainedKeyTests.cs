using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Parity;

/// <summary>
/// Keys that may be used for certain hosts only (<c>ssh-add -h</c>): the agent must see every bind of a connection, on that very
/// connection, in order, or it refuses.
/// </summary>
public class ConstrainedKeyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_for_web01_opens_web01_and_nothing_else(bool throughFairlead)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshServer web02 = await stage.AddHost("web02");
        SshKey key = await SshKey.Create(Path.Combine(stage.Folder, "key"), "bound-key");
        await Authorize(key, stage.Web01, web02);
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        await agent.Add(key, "-h", "web01", "-H", stage.Person.InHome(".ssh/known_hosts"));
        string socket = throughFairlead ? (await ForegroundDaemon.StartBefore(stage, agent.Socket)).Socket : agent.Socket;

        Finished allowed = await Ssh(stage, socket, "web01");
        Finished refused = await Ssh(stage, socket, "web02");

        Assert.Equal(("web01 let bound-key in\n", "", 0), (allowed.Output, allowed.Error, allowed.ExitCode));
        Assert.Equal(255, refused.ExitCode);
        Assert.Contains("Permission denied", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>
    /// The laptop's ssh binds its own hop on each agent connection, and the ssh on the gateway binds the next one behind it.
    /// </summary>
    [Theory]
    [InlineData(Cure.None, SocketLayout.TemporaryFolder)]
    [InlineData(Cure.Fairlead, SocketLayout.TemporaryFolder)]
    public async Task A_key_for_web01_by_way_of_the_gateway_works_from_the_gateway(Cure cure, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(cure: cure);
        SshServer web02 = await stage.AddHost("web02");
        Laptop home = await stage.AddLaptop("home");
        SshKey key = await SshKey.Create(Path.Combine(stage.Folder, "key"), "bound-key");
        await Authorize(key, stage.Gateway, stage.Web01, web02);
        (await home.Command("ssh-add", "-D").Run()).Succeeded();
        await home.Agent.Add(key, "-h", "gateway", "-h", "gateway>web01", "-H", home.KnownHosts);
        Login sofa = await home.LogIn(layout);

        (int allowed, string output) = await sofa.Ask("ssh web01");
        (int refused, _) = await sofa.Ask("ssh web02");

        Assert.Equal((0, "web01 let bound-key in"), (allowed, output));
        Assert.Equal(255, refused);
    }

    private static async Task Authorize(SshKey key, params SshServer[] servers)
    {
        foreach (SshServer server in servers)
        {
            await server.Allow(key.Public, server.Name == "gateway" ? "" : $"command=\"echo {server.Name} let {key.Name} in\"");
        }
    }

    private static Task<Finished> Ssh(Stage stage, string socket, string host) =>
        Invocation.Of("ssh", host).As(stage.Person, $"SSH_AUTH_SOCK={socket}").Run();
}
