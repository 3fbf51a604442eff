using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Launch;

namespace Fairlead.Handover;

/// <summary>
/// Starts the daemon that takes this one's place, and waits until it says that it serves. The sockets and the lock reach it as descriptors across
/// posix_spawn: no message is lost on the way, and nobody has to listen for them.
/// </summary>
/// <remarks>Both processes hold all of it until then. If the new one fails, the old one has never stopped.</remarks>
internal sealed class Successor(EventLoop loop, BlockingWorker worker, DaemonProgram program, SystemdNotice notice) : IDisposable
{
    /// <summary>A start takes 5 ms; a binary on a slow disk takes longer.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(2);

    /// <summary>0 to 2, and the pipe for its word.</summary>
    private const int FirstInherited = 4;

    private int unready;

    /// <param name="handover">With the descriptors' numbers in this process.</param>
    /// <returns>Zero, or minus errno: ECONNRESET when it ended at once, ETIMEDOUT when it said nothing.</returns>
    public async ValueTask<int> StartAsync(HandoverState handover)
    {
        using ReadyPipe? pipe = ReadyPipe.TryCreate();
        if (pipe is null)
        {
            return -Errno.EMFILE;
        }

        (int[] passed, HandoverState renumbered) = Renumber(handover, pipe.WriteEnd);
        int copied = PassedDescriptors.TryCopy(passed, out PassedDescriptors? copies);
        if (copied < 0)
        {
            return copied;
        }

        bool hasBegun = false;
        int Spawn()
        {
            hasBegun = true;
            return Start(copies!, renumbered);
        }

        int stone = await worker.RunAsync(Spawn, StartTimeout, Discard);
        if (stone <= 0)
        {
            if (!hasBegun)
            {
                copies!.Dispose();
            }

            return stone < 0 ? stone : -Errno.ETIMEDOUT;
        }

        unready = stone;
        pipe.CloseWriteEnd();
        int said = await HearAsync(pipe.TakeReadEnd());
        unready = 0;
        if (said != ReadySignal.Listening)
        {
            Discard(stone);
        }

        _ = await worker.RunAsync(() => ChildProcess.Reap(stone, kill: false), StartTimeout); // from then on the successor is an orphan
        return said == ReadySignal.Listening ? 0 : said < 0 ? said : -Errno.ECONNRESET;
    }

    /// <summary>The build that the program on disk is of, as its <c>--version</c> says: "0.1.0", "0.2.0+1a2b3c4d5e6f". Null when it does not run, or says something else.</summary>
    public async ValueTask<string?> AskVersionAsync()
    {
        byte[]? said = await worker.RunAsync(() => Subprocess.Run(program.Path, ["fairlead", "--version"], VersionTimeout), StartTimeout);
        return Encoding.UTF8.GetString(said ?? []).TrimEnd('\n').Split(' ') switch
        {
            ["fairlead", var version] => version,
            ["fairlead", var version, ['(', .. var commit, ')']] => $"{version}{(version.Contains('+') ? '.' : '+')}{commit}",
            _ => null,
        };
    }

    /// <summary>A successor that has not taken over goes with this daemon.</summary>
    public void Dispose() => Discard(unready);

    /// <param name="stone">It, and the successor in its group. Not reaped yet, so that its number is its own.</param>
    private static void Discard(int stone)
    {
        if (stone > 0)
        {
            _ = LibC.kill(-stone, LibC.SIGKILL);
        }
    }

    private int Start(PassedDescriptors copies, HandoverState handover)
    {
        using (copies)
        {
            string[] environment =
            [
                .. program.Environment,
                $"{StartVariables.Ready}={FirstInherited - 1}",
                $"{StartVariables.Handover}={handover.Format()}",
                $"{StartVariables.DoubleFork}={copies.Count}",
                .. notice.Socket is { } socket ? [$"{SystemdNotice.Variable}={socket}"] : Array.Empty<string>(),
            ];
            return ChildProcess.Start(program.Path, program.Arguments, environment, copies, ownSession: true);
        }
    }

    private async ValueTask<int> HearAsync(int readEnd)
    {
        LoopDescriptor pipe;
        try
        {
            pipe = loop.Watch(readEnd);
        }
        catch (SystemCallException)
        {
            return -Errno.ENOSPC;
        }

        using (pipe)
        {
            using LoopTimer timer = loop.Schedule(StartTimeout, () => pipe.Cancel(Wake.TimedOut));
            return await pipe.WaitReadableAsync() == Wake.Ready ? ReadWord(pipe.Number) : -Errno.ETIMEDOUT;
        }
    }

    private static unsafe int ReadWord(int readEnd)
    {
        byte word;
        return LibC.read(readEnd, &word, 1) == 1 ? word : -Errno.ECONNRESET;
    }

    /// <summary>In the child they follow each other.</summary>
    private static (int[] Passed, HandoverState Renumbered) Renumber(HandoverState handover, int pipe)
    {
        int[] streams = handover.KeepsStreams
            ? [0, 1, 2]
            : [PassedDescriptors.Nothing, PassedDescriptors.Nothing, PassedDescriptors.Nothing];
        List<int> passed = [.. streams, pipe];
        int Pass(int descriptor)
        {
            passed.Add(descriptor);
            return passed.Count - 1;
        }

        HandedOverSocket PassSocket(HandedOverSocket socket) => socket with { Descriptor = Pass(socket.Descriptor) };
        HandoverState renumbered = handover with
        {
            Lock = Pass(handover.Lock),
            Agent = PassSocket(handover.Agent!.Value),
            FurtherAgents = [.. handover.FurtherAgents.Select(PassSocket)],
            FurtherControls = [.. handover.FurtherControls.Select(PassSocket)],
            Control = PassSocket(handover.Control!.Value),
            StalePaths = [.. handover.StalePaths.Select(PassSocket)],
            Registered = [.. handover.Registered.Select(login => login with { Descriptor = Pass(login.Descriptor) })],
        };
        return ([.. passed], renumbered);
    }
}
