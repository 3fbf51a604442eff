namespace Fairlead.EndToEnd.Staging;

/// <summary><c>fairlead daemon</c> in the foreground, with a configuration that names everything it may find.</summary>
internal sealed class ForegroundDaemon : IAsyncDisposable
{
    private readonly LongRunning process;

    private ForegroundDaemon(string socket, LongRunning process)
    {
        Socket = socket;
        this.process = process;
    }

    public string Socket { get; }

    /// <summary>Where commands ask it.</summary>
    public string Control => Path.ChangeExtension(Socket, ".ctl");

    public int ProcessId => process.ProcessId;

    public string Log => process.Said;

    /// <summary>Waits for words in its log.</summary>
    public async Task Says(string words) => Assert.NotNull(await process.Says(new(words)));

    /// <summary>What each of its descriptors leads to.</summary>
    public string[] OpenDescriptors => [.. ProcessHandle.DescriptorsOf(ProcessId)];

    /// <summary>Starts one whose only agent is the one at <paramref name="agentSocket"/>.</summary>
    /// <param name="surround">What it runs inside.</param>
    /// <param name="settings">What else its configuration says.</param>
    public static Task<ForegroundDaemon> StartBefore(
        Stage stage, string agentSocket, Func<Invocation, Invocation>? surround = null, string settings = "") =>
        Start(stage, $"{Settings.WithOnly(agentSocket)}\n\n{settings}", surround);

    /// <summary>Starts one that looks for agents in one folder only.</summary>
    public static Task<ForegroundDaemon> StartWatching(Stage stage, string folder) => Start(stage,
        $"""
        [discovery]
        folders = ["{folder}"]
        """);

    /// <summary>Starts one with these settings.</summary>
    public static async Task<ForegroundDaemon> Start(Stage stage, string settings, Func<Invocation, Invocation>? surround = null)
    {
        string folder = stage.Person.InHome($"daemon-{stage.NextTurn()}");
        (await Invocation.Of("mkdir", "-m", "700", folder).As(stage.Person).Run()).Succeeded();
        string config = Path.Combine(folder, "config.toml");
        string socket = Path.Combine(folder, "fairlead.sock");
        await stage.Person.Write(config, settings, "600");
        Invocation command = Invocation.Of(stage.Fairlead, "daemon", "--config", config, "--socket", socket).As(stage.Person);
        var process = LongRunning.Start(surround?.Invoke(command) ?? command);
        var daemon = stage.Keep(new ForegroundDaemon(socket, process));
        // It makes the control socket when the other one listens; the other's file is there a moment before that.
        string control = Path.ChangeExtension(socket, ".ctl");
        await Task.WhenAny(FileEvent.Appears(control, () => Task.FromResult(process.Said)), process.Ended());
        return File.Exists(control) ? daemon : throw new InvalidOperationException($"the daemon ended at once:\n{process.Said}");
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
