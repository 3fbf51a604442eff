using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>struct sockaddr_un: a socket's path as the kernel wants it (unix(7)).</summary>
internal unsafe struct UnixAddress
{
    /// <summary>The longest path in bytes: sun_path holds 108 with the final zero.</summary>
    public const int MaxPathBytes = 107;

    private ushort family;
    private PathBytes path;

    public static uint Size => sizeof(ushort) + MaxPathBytes + 1;

    /// <summary>Null for another family, for a socket without a name, and for one in the abstract namespace.</summary>
    public readonly string? Path
    {
        get
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpan(in Unsafe.As<PathBytes, byte>(ref Unsafe.AsRef(in path)), MaxPathBytes + 1);
            int end = bytes.IndexOf((byte)0);
            return family == LibC.AF_UNIX && end > 0 ? Encoding.UTF8.GetString(bytes[..end]) : null;
        }
    }

    /// <returns>False when the path is empty or does not fit.</returns>
    public static bool TryCreate(string path, out UnixAddress address)
    {
        address = new UnixAddress { family = LibC.AF_UNIX };
        Span<byte> destination = MemoryMarshal.CreateSpan(ref Unsafe.As<PathBytes, byte>(ref address.path), MaxPathBytes);
        return path.Length > 0 && Encoding.UTF8.TryGetBytes(path, destination, out _);
    }

    [InlineArray(MaxPathBytes + 1)]
    private struct PathBytes
    {
        private byte first;
    }
}
