using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>systemd-socket-activate listens at the person's sockets and becomes the daemon when a client comes.</summary>
internal sealed class ActivatedStage : IAsyncDisposable
{
    private readonly LongRunning process;

    private ActivatedStage(Stage stage, LongRunning process, NotifySocket notices)
    {
        Stage = stage;
        this.process = process;
        Notices = notices;
    }

    public Stage Stage { get; }

    /// <summary>What systemd hears.</summary>
    public NotifySocket Notices { get; }

    /// <summary>The same before and after the first client.</summary>
    public int ProcessId => process.ProcessId;

    /// <param name="options">Further ones of systemd-socket-activate, with paths below the home.</param>
    public static async Task<ActivatedStage> Raise(params string[] options)
    {
        Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, "key"), "the-key"));
        await stage.Person.Write(".config/fairlead/config.toml", Settings.WithOnly(agent));
        (await stage.AsPerson("mkdir", "-m", "700", Path.GetDirectoryName(stage.StableSocket)!)).Succeeded();
        (await stage.AsPerson("mkdir", "-p", Path.GetDirectoryName(stage.ControlSocket)!)).Succeeded();
        (await stage.AsPerson("chmod", "700", Path.GetDirectoryName(stage.ControlSocket)!, stage.Person.InHome(".local/state/fairlead"))).Succeeded();
        NotifySocket notices = stage.Keep(NotifySocket.Create(Path.Combine(stage.Folder, "notify")));
        var process = stage.Keep(LongRunning.Start(Invocation.Of(
        [
            "systemd-socket-activate",
            "-l", stage.StableSocket,
            "-l", stage.ControlSocket,
            .. options.Select(option => option[0] == '-' ? option : stage.Person.InHome(option)),
            "-E", $"NOTIFY_SOCKET={notices.Path}",
            stage.Fairlead, "daemon",
        ]).As(stage.Person)));
        await process.Says(new("Listening on .*/ctl"));
        return new ActivatedStage(stage, process, notices);
    }

    public Task<Finished> ListKeys() => Invocation.Of("ssh-add", "-l").As(Stage.Person, $"SSH_AUTH_SOCK={Stage.StableSocket}").Run();

    /// <summary>Waits for its end, and for that of all that writes where it did.</summary>
    public Task Ended() => process.Ended();

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
