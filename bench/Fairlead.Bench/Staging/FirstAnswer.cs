using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Bench.Staging;

/// <summary>
/// Waits for the first answer of a relay that is about to start. A loop that tries to connect would take a processor from it, so this sleeps
/// until the socket has a name.
/// </summary>
internal sealed unsafe class FirstAnswer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>No relay is kept waiting by it: it only lets the bench notice that it is to stop.</summary>
    private const int PauseMilliseconds = 1000;

    private readonly string socket;
    private readonly int inotify = LibC.inotify_init1(LibC.NonBlockingCloseOnExec);

    private FirstAnswer(string socket) => this.socket = socket;

    /// <summary>Call it before the start.</summary>
    /// <param name="socket">The path at which the relay will listen; nothing is there yet.</param>
    public static FirstAnswer Expect(string socket)
    {
        var expected = new FirstAnswer(socket);
        string folder = Path.GetDirectoryName(socket)!;
        if (LibC.inotify_add_watch(expected.inotify, folder, LibC.IN_CREATE | LibC.IN_MOVED_TO) < 0)
        {
            expected.Dispose();
            throw new IOException($"cannot watch {folder}");
        }

        return expected;
    }

    public void Await(CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        while (!File.Exists(socket))
        {
            ThrowIfOver(began, stop);
            AwaitName();
        }

        while (Question.ReadList(socket).Length == 0)
        {
            ThrowIfOver(began, stop);
            _ = Thread.Yield(); // it has a name, and listens a few microseconds later
        }
    }

    public void Dispose() => _ = LibC.close(inotify);

    private void ThrowIfOver(long began, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(began) > Patience)
        {
            throw new TimeoutException($"waited {Patience.TotalSeconds} s for the first answer at {socket}");
        }
    }

    private void AwaitName()
    {
        var entry = new LibC.PollEntry { Descriptor = inotify, Events = LibC.POLLIN };
        _ = LibC.poll(&entry, 1, PauseMilliseconds);
        byte* events = stackalloc byte[4096];
        _ = LibC.read(inotify, events, 4096);
    }
}
