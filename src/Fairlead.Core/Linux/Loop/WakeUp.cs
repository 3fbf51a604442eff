using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>Lets a command wait for several things at once, one of which may be a signal's handler on another thread.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    private readonly int descriptor;

    public WakeUp()
    {
        descriptor = LibC.Result(LibC.eventfd(0, LibC.NonBlockingCloseOnExec));
        SystemCallException.ThrowIfFailed(descriptor, "eventfd");
    }

    /// <summary>Ends a wait, or the next one. From any thread.</summary>
    public void Raise()
    {
        ulong one = 1;
        _ = LibC.write(descriptor, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Until one of the two can be read, another thread raises, or the time is over.</summary>
    /// <param name="first">-1 for none.</param>
    /// <param name="second">-1 for none.</param>
    public (bool First, bool Second) Wait(int first, int second, TimeSpan limit)
    {
        LibC.PollEntry* entries = stackalloc LibC.PollEntry[3];
        entries[0] = new LibC.PollEntry { Descriptor = first, Events = LibC.POLLIN };
        entries[1] = new LibC.PollEntry { Descriptor = second, Events = LibC.POLLIN };
        entries[2] = new LibC.PollEntry { Descriptor = descriptor, Events = LibC.POLLIN };
        if (LibC.poll(entries, 3, (int)Math.Ceiling(Math.Max(0, limit.TotalMilliseconds))) <= 0)
        {
            return (false, false);
        }

        ulong count;
        _ = LibC.read(descriptor, (byte*)&count, sizeof(ulong));
        return (entries[0].Returned != 0, entries[1].Returned != 0);
    }

    public void Dispose() => _ = LibC.close(descriptor);
}
