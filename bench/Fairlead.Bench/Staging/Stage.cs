using Fairlead.Bench.Clients;

namespace Fairlead.Bench.Staging;

/// <summary>One run: its folder, its agent, and all that was started for it, ended in the opposite order.</summary>
internal sealed class Stage : IDisposable
{
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    /// <summary>What a process keeps for so long after its work, it keeps.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private readonly Stack<IDisposable> kept = new();
    private int names;

    private Stage(Options options, CancellationToken stop)
    {
        Options = options;
        Stop = stop;
        Folder = $"/tmp/fairlead-bench-{System.Environment.ProcessId}";
        Home = NewFolder("home");
        Discovery = NewFolder("agents");
        AgentPath = Path.Join(NewFolder("agents/ssh-directAAAA"), "agent.1");
    }

    public Options Options { get; }

    public CancellationToken Stop { get; }

    public string Folder { get; }

    public string Home { get; }

    /// <summary>A folder as /tmp would be, with the one agent in it.</summary>
    public string Discovery { get; }

    /// <summary>The agent's own socket: what "direct" asks.</summary>
    public string AgentPath { get; }

    public int AgentPid { get; private set; }

    /// <summary>What the agent answers to a list, with its header.</summary>
    public byte[] ListAnswer { get; private set; } = [];

    /// <summary>Nothing of the login that the bench runs in: no agent, no multiplexer, no connection.</summary>
    public IReadOnlyList<string> Environment =>
    [
        $"HOME={Home}", $"PATH={SearchPath}", "USER=bench", "LANG=C.UTF-8", "TERM=xterm", "SHELL=/bin/sh",
        .. System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is string root ? [$"DOTNET_ROOT={root}"] : Array.Empty<string>(),
    ];

    public static Stage Create(Options options, CancellationToken stop)
    {
        var stage = new Stage(options, stop);
        try
        {
            stage.StartAgent();
            return stage;
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    public T Keep<T>(T part)
        where T : IDisposable
    {
        kept.Push(part);
        return part;
    }

    public string NewPath(string kind) => Path.Join(Folder, $"{kind}{++names}");

    public string NewFolder(string name)
    {
        string path = Path.Join(Folder, name);
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <exception cref="OperationCanceledException">Somebody has stopped the run.</exception>
    public void Pause(TimeSpan time)
    {
        _ = Stop.WaitHandle.WaitOne(time);
        Stop.ThrowIfCancellationRequested();
    }

    /// <summary>The five seconds after which memory and descriptors are counted.</summary>
    public void Settle() => Pause(Settling);

    /// <summary>Ends what a part has started, and leaves what was there before it.</summary>
    /// <returns>To be disposed at the end of the part.</returns>
    public Scope Open() => new(kept);

    public void Dispose()
    {
        new Scope(kept, 0).Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void StartAgent()
    {
        AgentPid = Keep(Child.Start(Environment, "ssh-agent", "-D", "-a", AgentPath)).Pid;
        Await.Until(() => Question.ReadList(AgentPath).Length > 0, "ssh-agent", Stop);
        string key = Path.Join(Folder, "key");
        _ = Command.Run(Environment, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", key);
        _ = Command.Run([.. Environment, $"SSH_AUTH_SOCK={AgentPath}"], "ssh-add", "-q", key);
        ListAnswer = Question.ReadList(AgentPath);
    }
}
