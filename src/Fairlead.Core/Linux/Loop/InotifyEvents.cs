using System.Buffers.Binary;
using System.Text;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// The events that one read of an inotify descriptor gives (inotify(7), struct inotify_event): watch, mask, cookie, length of the name, the
/// name padded with zeros.
/// </summary>
internal ref struct InotifyEvents(ReadOnlySpan<byte> rest)
{
    private const int HeaderSize = 16;

    private ReadOnlySpan<byte> rest = rest;
    private ReadOnlySpan<byte> name;

    public int Watch { get; private set; }

    public uint Mask { get; private set; }

    /// <summary>The name of the file inside a watched directory; empty for the watched file itself.</summary>
    public readonly string Name => Encoding.UTF8.GetString(name);

    /// <summary>Goes to the next event. False after the final complete one.</summary>
    public bool MoveNext()
    {
        if (rest.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]) > (uint)(rest.Length - HeaderSize))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
        Watch = BinaryPrimitives.ReadInt32LittleEndian(rest);
        Mask = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        name = rest.Slice(HeaderSize, length).TrimEnd((byte)0);
        rest = rest[(HeaderSize + length)..];
        return true;
    }
}
