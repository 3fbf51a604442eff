using System.Collections.Concurrent;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Core.Multiplexers;

/// <summary>Asks multiplexers' servers by running their own programs, so that neither PATH nor an upgrade in between matters.</summary>
internal sealed class ServerPrograms(TimeProvider time)
{
    /// <summary>
    /// tmux takes 3 to 8 ms. A server that did not answer is not asked again for a while, because each caller would wait for it.
    /// </summary>
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 64;

    /// <summary>The servers that were late, and when. For several threads: a stuck one may return while its replacement works.</summary>
    private readonly ConcurrentDictionary<ProcessIdentity, long> late = [];

    /// <summary>For one answer; after a later one the server is left alone for a while.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    public TimeSpan Pause { get; init; } = UsualPause;

    /// <param name="left">How long to wait for the answer at most.</param>
    /// <param name="arguments">
    /// Returns the program's name and its arguments, called only if the server may be asked; null to ask nothing.
    /// </param>
    /// <returns>Its output, as UTF-8; null when it does not answer or may not be asked.</returns>
    public string? Ask(MultiplexerServer server, TimeSpan left, Func<string[]?> arguments)
    {
        if (!IsOurs(server) || IsPausing(server) || arguments() is not string[] words)
        {
            return null;
        }

        TimeSpan patience = left < Patience ? left : Patience;
        long asked = time.GetTimestamp();
        byte[]? output = Subprocess.Run($"/proc/{server.Pid}/exe", words, patience);
        if (output is null && time.GetElapsedTime(asked) >= patience)
        {
            Pausing(server);
        }

        return output is null ? null : Encoding.UTF8.GetString(output);
    }

    /// <summary>Starts a program of the server that goes on beside us. The caller reaps it.</summary>
    /// <param name="arguments">The program's name and its arguments.</param>
    /// <returns>Its pid, or minus errno; EACCES for another user's server.</returns>
    public static int Start(MultiplexerServer server, string[] arguments) => IsOurs(server)
        ? DetachedProcess.Start($"/proc/{server.Pid}/exe", arguments, Subprocess.Environment)
        : -Errno.EACCES;

    /// <summary>Never runs another user's program: a caller in a pane of anyone's tmux may ask root's fairlead.</summary>
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
