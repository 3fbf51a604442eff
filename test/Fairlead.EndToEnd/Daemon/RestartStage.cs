using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>A person whose daemon runs as a login leaves it, with one agent of this machine behind it.</summary>
internal sealed class RestartStage : IAsyncDisposable
{
    private readonly Stage stage;

    private RestartStage(Stage stage, SshAgent agent, SshKey key)
    {
        this.stage = stage;
        Agent = agent;
        Key = key;
    }

    public SshAgent Agent { get; }

    public SshKey Key { get; }

    public string Socket => stage.StableSocket;

    public string Fairlead => stage.Fairlead;

    public Stage Stage => stage;

    public string Configuration => stage.Person.InHome(".config/fairlead/config.toml");

    /// <param name="environment">Of the agent.</param>
    public static async Task<RestartStage> Raise(params Func<Stage, string>[] environment)
    {
        Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshAgent agent = stage.Keep(await SshAgent.Start(
            stage.Person.InHome("agent"), stage.Person, [.. environment.Select(variable => variable(stage))]));
        SshKey key = await SshKey.Create(Path.Combine(stage.Folder, "key"), "the-key");
        var raised = new RestartStage(stage, agent, key);
        await stage.Person.Write(raised.Configuration, Settings.WithOnly(agent));
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        return raised;
    }

    public Task<Finished> Restart() => stage.AsPerson(stage.Fairlead, "restart");

    public Task<int> DaemonPid() => SocketPeer.ProcessOf(Socket);

    public Task<Finished> ListKeys() => Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={Socket}").Run();

    /// <summary>Puts another program where fairlead is, as install.sh does: renamed into place.</summary>
    public async Task Replace(Func<string, Task> make)
    {
        string unfinished = $"{Fairlead}.new";
        await make(unfinished);
        await stage.Person.Own(unfinished, "755");
        File.Move(unfinished, Fairlead, overwrite: true);
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
