using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>A pipe whose write end a started process gets, so that its parent can wait for the one byte that says how it went.</summary>
internal sealed unsafe class ReadyPipe : IDisposable
{
    private int readEnd;
    private int writeEnd;

    private ReadyPipe(int readEnd, int writeEnd)
    {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    public int WriteEnd => writeEnd;

    /// <returns>Null when the process has no descriptors left.</returns>
    public static ReadyPipe? TryCreate()
    {
        int* ends = stackalloc int[2];
        return LibC.pipe2(ends, LibC.O_CLOEXEC) == 0 ? new ReadyPipe(ends[0], ends[1]) : null;
    }

    /// <summary>Call it once the child has its copy: only then does the end of the child show as an end of file here.</summary>
    public void CloseWriteEnd()
    {
        if (writeEnd >= 0)
        {
            _ = LibC.close(writeEnd);
            writeEnd = -1;
        }
    }

    /// <returns>The byte; minus ETIMEDOUT if none came in time; minus ECONNRESET if the process ended without one.</returns>
    public int Wait(TimeSpan patience)
    {
        var entry = new LibC.PollEntry { Descriptor = readEnd, Events = LibC.POLLIN };
        int ready;
        do
        {
            ready = LibC.Result(LibC.poll(&entry, 1, (int)patience.TotalMilliseconds));
        }
        while (ready == -Errno.EINTR);

        if (ready == 0)
        {
            return -Errno.ETIMEDOUT;
        }

        byte answer;
        return ready > 0 && LibC.read(readEnd, &answer, 1) == 1 ? answer : -Errno.ECONNRESET;
    }

    /// <summary>Hands over the read end, so that a loop can wait for it.</summary>
    public int TakeReadEnd()
    {
        int taken = readEnd;
        readEnd = -1;
        return taken;
    }

    public void Dispose()
    {
        CloseWriteEnd();
        if (readEnd >= 0)
        {
            _ = LibC.close(readEnd);
        }
    }
}
