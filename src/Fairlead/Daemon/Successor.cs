using Fairlead.Core.Linux;

namespace Fairlead.Daemon;

/// <summary>
/// Starts the daemon that takes this one's place, and waits until it says that it serves. The sockets and the lock reach it as descriptors across
/// posix_spawn: no message is lost on the way, and nobody has to listen for them.
/// </summary>
/// <remarks>Both processes hold all of it until then. If the new one fails, the old one has never stopped.</remarks>
internal sealed class Successor(EventLoop loop, FactThread facts, DaemonProgram program, ServiceNotice notice) : IDisposable
{
    /// <summary>A start takes 5 ms; a binary on a slow disk takes longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>0 to 2, and the pipe for its word.</summary>
    private const int FirstInherited = 4;

    private int unready;

    /// <param name="inheritance">With the descriptors' numbers in this process.</param>
    /// <returns>Zero, or minus errno: ECONNRESET when it ended at once, ETIMEDOUT when it said nothing.</returns>
    public async ValueTask<int> StartAsync(Inheritance inheritance)
    {
        using ReadyPipe? pipe = ReadyPipe.TryCreate();
        if (pipe is null)
        {
            return -Errno.EMFILE;
        }

        (int[] passed, Inheritance renumbered) = Renumber(inheritance, pipe.WriteEnd);
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

        int stone = await facts.AskAsync(Spawn, Patience, Discard);
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

        _ = await facts.AskAsync(() => ChildProcess.Reap(stone, kill: false), Patience); // from then on the successor is an orphan
        return said == ReadySignal.Listening ? 0 : said < 0 ? said : -Errno.ECONNRESET;
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

    private int Start(PassedDescriptors copies, Inheritance inheritance)
    {
        using (copies)
        {
            string[] environment =
            [
                .. program.Environment,
                $"{ReadySignal.Variable}={FirstInherited - 1}",
                $"{Inheritance.Variable}={inheritance.Format()}",
                $"{SteppingStone.Variable}={copies.Count}",
                .. notice.Socket is { } socket ? [$"{ServiceNotice.Variable}={socket}"] : Array.Empty<string>(),
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
            using LoopTimer timer = loop.Schedule(Patience, () => pipe.Cancel(Wake.TimedOut));
            return await pipe.WaitReadableAsync() == Wake.Ready ? ReadWord(pipe.Number) : -Errno.ETIMEDOUT;
        }
    }

    private static unsafe int ReadWord(int readEnd)
    {
        byte word;
        return LibC.read(readEnd, &word, 1) == 1 ? word : -Errno.ECONNRESET;
    }

    /// <summary>In the child they follow each other.</summary>
    private static (int[] Passed, Inheritance Renumbered) Renumber(Inheritance inheritance, int pipe)
    {
        int[] streams = inheritance.KeepsStreams
            ? [0, 1, 2]
            : [PassedDescriptors.Nothing, PassedDescriptors.Nothing, PassedDescriptors.Nothing];
        List<int> passed = [.. streams, pipe];
        int Pass(int descriptor)
        {
            passed.Add(descriptor);
            return passed.Count - 1;
        }

        InheritedSocket PassSocket(InheritedSocket socket) => socket with { Descriptor = Pass(socket.Descriptor) };
        Inheritance renumbered = inheritance with
        {
            Lock = Pass(inheritance.Lock),
            OtherLocks = [.. inheritance.OtherLocks.Select(Pass)],
            Agent = PassSocket(inheritance.Agent!.Value),
            Control = PassSocket(inheritance.Control!.Value),
            Healed = [.. inheritance.Healed.Select(PassSocket)],
        };
        return ([.. passed], renumbered);
    }
}
