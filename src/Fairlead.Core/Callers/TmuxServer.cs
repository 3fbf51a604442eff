using System.Collections.Concurrent;
using System.Text;
using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>Asks a tmux server where it shows a pane, by running its own program against its own socket: no PATH, and no upgrade in between, matters.</summary>
internal sealed class TmuxServer(TimeProvider time)
{
    /// <summary>It takes 3 to 8 ms. A server that did not answer is not asked again for a while: each caller would wait for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 64;

    /// <summary>The servers that were late, and when. For several threads: one that was stuck comes back while its replacement is at work.</summary>
    private readonly ConcurrentDictionary<(int Pid, ulong Started), long> late = [];

    /// <param name="left">How long the answer is waited for, at most.</param>
    /// <returns>Null when it does not answer, or knows nothing of this pane.</returns>
    public MultiplexerAnswer? Ask(MultiplexerServer server, TimeSpan left)
    {
        if (!IsOurs(server) || IsPausing(server))
        {
            return null;
        }

        string[]? environment = ProcessFile.ReadEnvironment(server.PanePid);
        TmuxVariable? variable = TmuxVariable.Parse(EnvironmentBlock.Find(environment, TmuxVariable.Name));
        string? socket = variable?.ServerPid == server.Pid ? variable.Socket : ListeningSocket(server.Pid);
        if (socket is null)
        {
            return null;
        }

        string? pane = EnvironmentBlock.Find(environment, TmuxVariable.PaneName) is ['%', ..] named ? named : null;
        TimeSpan patience = left < Patience ? left : Patience;
        long asked = time.GetTimestamp();
        byte[]? output = Subprocess.Run($"/proc/{server.Pid}/exe", ["tmux", "-S", socket, .. TmuxReport.Queries(pane)], patience);
        if (output is null && time.GetElapsedTime(asked) >= patience)
        {
            Pausing(server);
        }

        return output is null ? null : TmuxReport.Parse(Encoding.UTF8.GetString(output)).AnswerFor(pane, server.PanePid);
    }

    /// <summary>Never runs another user's program: root's fairlead may be asked from a pane of anybody's tmux.</summary>
    private static bool IsOurs(MultiplexerServer server) =>
        FileStatus.TryRead($"/proc/{server.Pid}", out FileStatus status) >= 0 && status.Uid == CurrentProcess.Uid
        && ProcessStat.TryRead(server.Pid, out ProcessStat stat) && stat.Started == server.Started;

    private static string? ListeningSocket(int server)
    {
        var inodes = new HashSet<ulong>();
        foreach (string target in ProcessDescriptors.Read(server))
        {
            if (ProcessDescriptors.TryParseSocket(target, out ulong inode))
            {
                inodes.Add(inode);
            }
        }

        return UnixSocketTable.FindListening(inodes);
    }

    private bool IsPausing(MultiplexerServer server) =>
        late.TryGetValue((server.Pid, server.Started), out long since) && time.GetElapsedTime(since) < Pause;

    private void Pausing(MultiplexerServer server)
    {
        if (late.Count >= MaxRemembered)
        {
            late.Clear();
        }

        late[(server.Pid, server.Started)] = time.GetTimestamp();
    }
}
