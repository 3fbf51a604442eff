using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>Finds the servers of all multiplexers: above a caller, in its environment, behind a socket.</summary>
internal static class MultiplexerSearch
{
    private static readonly Multiplexer[] Known =
    [
        Tmux.Instance,
        Screen.Instance,
        ConnectedServer.Instance,
        OtherServer.Instance, // the last: takes every server that no other takes
    ];

    public static IReadOnlyList<Multiplexer> All => Known;

    /// <returns>Null for a process that is certainly not a server.</returns>
    /// <inheritdoc cref="Multiplexer.IsServer(ProcessStat, ProcessStat, LoginPids?)" path="/param"/>
    public static Multiplexer? KindOf(ProcessStat process, ProcessStat below = default, LoginPids? loginPids = null)
    {
        foreach (Multiplexer kind in Known)
        {
            if (kind.IsServer(process, below, loginPids))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>
    /// The server that the environment of a caller names: one that was reparented (nohup, setsid, a ControlMaster gone to the background)
    /// no longer has one above it, but still belongs to its pane.
    /// </summary>
    /// <returns>Null when it names none, or none that still runs.</returns>
    public static MultiplexerServer? NamedBy(int caller)
    {
        string[]? environment = ProcessFile.ReadEnvironment(caller);
        MultiplexerServer? innermost = null;
        foreach (Multiplexer kind in Known)
        {
            if (ValueOf(kind, environment) is string value && MultiplexerServer.Find(kind.ServerNamedBy(value), kind, caller) is MultiplexerServer server
                && (innermost is null || IsInside(server, innermost)))
            {
                innermost = server;
            }
        }

        return innermost;
    }

    /// <summary>The server behind a socket.</summary>
    /// <returns>Null when no process of ours listens there.</returns>
    public static MultiplexerServer? ServerOf(string socket)
    {
        string name = Path.GetFileName(socket);
        foreach (Multiplexer kind in Known)
        {
            if (kind.ServerOfSocket(name) is int pid && Find(pid, kind) is MultiplexerServer server)
            {
                return server;
            }
        }

        int listener = MultiplexerSocket.ListenerOf(socket);
        return Known.Where(kind => kind.ServerOfSocket(name) is null).Select(kind => Find(listener, kind)).FirstOrDefault(server => server is not null);

        // There is no caller yet, so the server stands for its pane.
        static MultiplexerServer? Find(int pid, Multiplexer kind) => MultiplexerServer.Find(pid, kind, pid);
    }

    /// <summary>A multiplexer that was started inside another passes on the other's variable as it inherited it.</summary>
    private static bool IsInside(MultiplexerServer server, MultiplexerServer other) =>
        ValueOf(other.Kind, ProcessFile.ReadEnvironment(server.Pid)) is not null;

    private static string? ValueOf(Multiplexer kind, string[]? environment) =>
        kind.Variable is string variable ? EnvironmentBlock.Find(environment, variable) : null;
}
