using System.Collections.Concurrent;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>Asks a tmux server where it shows a pane, by running its own program against its own socket: no PATH, and no upgrade in between, matters.</summary>
internal sealed class TmuxServer(TimeProvider time)
{
    /// <summary>It takes 3 to 8 ms. A server that did not answer is not asked again for a while: each caller would wait for it.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 64;

    /// <summary>The servers that were late, and when. For several threads: one that was stuck comes back while its replacement is at work.</summary>
    private readonly ConcurrentDictionary<ProcessIdentity, long> late = [];

    /// <param name="left">How long the answer is waited for, at most.</param>
    /// <returns>Null when it does not answer, or knows nothing of this pane.</returns>
    public MultiplexerAnswer? Ask(MultiplexerServer server, TimeSpan left)
    {
        string[]? environment = ProcessFile.ReadEnvironment(server.PanePid);
        TmuxVariable? variable = TmuxVariable.Parse(EnvironmentBlock.Find(environment, TmuxVariable.Name));
        string? pane = EnvironmentBlock.Find(environment, TmuxVariable.PaneName) is ['%', ..] named ? named : null;
        return Report(server, variable?.ServerPid == server.Pid ? variable.Socket : null, pane, left)?.AnswerFor(pane, server.PanePid);
    }

    /// <summary>Each of its sessions by itself.</summary>
    /// <returns>Empty when it does not answer.</returns>
    public IReadOnlyList<MultiplexerAnswer> AskAll(MultiplexerServer server, TimeSpan left) =>
        Report(server, null, null, left)?.AnswersBySession() ?? [];

    private TmuxReport? Report(MultiplexerServer server, string? socket, string? pane, TimeSpan left)
    {
        if (!IsOurs(server) || IsPausing(server) || (socket ?? MultiplexerSocket.PathOf(server.Pid)) is not string path)
        {
            return null;
        }

        TimeSpan patience = left < AnswerTimeout ? left : AnswerTimeout;
        long asked = time.GetTimestamp();
        byte[]? output = Subprocess.Run($"/proc/{server.Pid}/exe", ["tmux", "-S", path, .. TmuxReport.Queries(pane)], patience);
        if (output is null && time.GetElapsedTime(asked) >= patience)
        {
            Pausing(server);
        }

        return output is null ? null : TmuxReport.Parse(Encoding.UTF8.GetString(output));
    }

    /// <summary>Never runs another user's program: root's fairlead may be asked from a pane of anybody's tmux.</summary>
    private static bool IsOurs(MultiplexerServer server) =>
        FileStatus.TryRead($"/proc/{server.Pid}", out FileStatus status) >= 0 && status.Uid == CurrentProcess.Uid
        && ProcessIdentity.Of(server.Pid) == server.Process;

    private bool IsPausing(MultiplexerServer server) =>
        late.TryGetValue(server.Process, out long since) && time.GetElapsedTime(since) < Pause;

    private void Pausing(MultiplexerServer server)
    {
        if (late.Count >= MaxRemembered)
        {
            late.Clear();
        }

        late[server.Process] = time.GetTimestamp();
    }
}
