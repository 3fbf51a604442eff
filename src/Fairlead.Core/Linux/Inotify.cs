using System.Buffers.Binary;
using System.Text;

namespace Fairlead.Core.Linux;

/// <summary>One inotify instance on the loop: watches with a callback each (inotify(7)).</summary>
internal sealed unsafe class Inotify : IDisposable
{
    private const int EventHeaderSize = 16;
    private readonly Dictionary<int, Action<uint, string>> callbacks = [];
    private readonly EventLoop loop;
    private readonly LoopDescriptor descriptor;

    public Inotify(EventLoop loop)
    {
        this.loop = loop;
        int created = LibC.Result(LibC.inotify_init1(LibC.NonBlockingCloseOnExec));
        SystemCallException.ThrowIfFailed(created, "inotify_init1");
        descriptor = loop.Watch(created);
        descriptor.Readable = ReadEvents;
    }

    /// <summary>The kernel dropped events: everything that is watched must be looked at again.</summary>
    public Action? Overflowed { get; set; }

    /// <summary>Watches a path; the callback gets the event's mask and, for a directory, the name inside it.</summary>
    /// <returns>The watch, or minus errno.</returns>
    public int Watch(string path, uint mask, Action<uint, string> callback)
    {
        int watch = LibC.Result(LibC.inotify_add_watch(descriptor.Number, path, mask));
        if (watch >= 0)
        {
            callbacks[watch] = callback;
        }

        return watch;
    }

    public void Unwatch(int watch)
    {
        if (callbacks.Remove(watch))
        {
            _ = LibC.inotify_rm_watch(descriptor.Number, watch);
        }
    }

    public void Dispose() => descriptor.Dispose();

    private void ReadEvents()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (!descriptor.IsClosed)
        {
            int length;
            fixed (byte* bytes = buffer)
            {
                length = LibC.Result(LibC.read(descriptor.Number, bytes, (nuint)buffer.Length));
            }

            if (length <= 0)
            {
                return;
            }

            Dispatch(buffer[..length]);
        }
    }

    /// <summary>struct inotify_event: watch, mask, cookie, length of the name, the name padded with zeros.</summary>
    private void Dispatch(ReadOnlySpan<byte> events)
    {
        while (events.Length >= EventHeaderSize)
        {
            int watch = BinaryPrimitives.ReadInt32LittleEndian(events);
            uint mask = BinaryPrimitives.ReadUInt32LittleEndian(events[4..]);
            int nameLength = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            ReadOnlySpan<byte> name = events.Slice(EventHeaderSize, nameLength).TrimEnd((byte)0);
            events = events[(EventHeaderSize + nameLength)..];

            try
            {
                Tell(watch, mask, name);
            }
            catch (Exception fault)
            {
                loop.Faulted?.Invoke(fault); // the events behind this one come only once
            }
        }
    }

    private void Tell(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        if ((mask & LibC.IN_Q_OVERFLOW) != 0)
        {
            Overflowed?.Invoke();
        }
        else if (callbacks.TryGetValue(watch, out Action<uint, string>? callback))
        {
            if ((mask & LibC.IN_IGNORED) != 0)
            {
                callbacks.Remove(watch);
            }

            callback(mask, Encoding.UTF8.GetString(name));
        }
    }
}
