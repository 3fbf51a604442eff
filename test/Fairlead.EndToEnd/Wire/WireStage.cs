using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Wire;

/// <summary>Two agents with the same two keys: one to talk to directly, one behind fairlead.</summary>
internal sealed class WireStage : IAsyncDisposable
{
    private readonly Stage stage;

    private WireStage(Stage stage, string direct, ForegroundDaemon daemon)
    {
        this.stage = stage;
        Direct = direct;
        Daemon = daemon;
    }

    public string Direct { get; }

    public ForegroundDaemon Daemon { get; }

    /// <param name="settings">What else the daemon's configuration says.</param>
    public static async Task<WireStage> Raise(string settings = "")
    {
        Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshKey[] keys =
        [
            await SshKey.Create(Path.Combine(stage.Folder, "ed"), "ed"),
            await SshKey.Create(Path.Combine(stage.Folder, "rsa"), "rsa", "-t", "rsa", "-b", "2048"),
        ];
        var sockets = new List<string>();
        foreach (string name in new[] { "direct", "behind" })
        {
            SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome(name), stage.Person));
            foreach (SshKey key in keys)
            {
                await agent.Add(key);
            }
            sockets.Add(agent.Socket);
        }
        return new(stage, sockets[0], await ForegroundDaemon.StartBefore(stage, sockets[1], settings: settings));
    }

    /// <summary>Plays the same conversation with both and returns what each of them answered.</summary>
    public async Task<(List<string> Direct, List<string> Through)> PlayBoth(Func<RawClient, Task<List<string>>> conversation) =>
        (await Play(Direct, conversation), await Play(Daemon.Socket, conversation));

    public Task<List<string>> PlayThrough(Func<RawClient, Task<List<string>>> conversation) => Play(Daemon.Socket, conversation);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    private static async Task<List<string>> Play(string socket, Func<RawClient, Task<List<string>>> conversation)
    {
        using RawClient client = await RawClient.Connect(socket);
        return await conversation(client);
    }
}
