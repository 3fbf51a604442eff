using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>
/// A directory held open, so that what was checked is what is used: names are looked at relative to the descriptor, and nobody
/// can put another directory in its place in between.
/// </summary>
internal sealed unsafe class OpenDirectory : IDisposable
{
    /// <summary>Where d_name stands in struct dirent of a 64-bit Linux, whose first field is d_ino (dirent.h).</summary>
    private const int NameOffset = 19;

    /// <summary>Bytes of d_name, and so no fewer than its characters.</summary>
    private const int MaxNameLength = 256;

    private readonly nint stream;

    private OpenDirectory(nint stream, int descriptor)
    {
        this.stream = stream;
        Descriptor = descriptor;
    }

    public int Descriptor { get; }

    /// <summary>Opens a directory; its last component may not be a symbolic link.</summary>
    /// <returns>Zero, or minus errno: ELOOP or ENOTDIR for a link.</returns>
    public static int TryOpen(string path, out OpenDirectory? directory) => TryOpen(LibC.AT_FDCWD, path, out directory);

    /// <inheritdoc cref="TryOpen(string, out OpenDirectory?)"/>
    public static int TryOpen(int parent, string name, out OpenDirectory? directory)
    {
        directory = null;
        int flags = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(parent, name, flags, 0));
        if (descriptor < 0)
        {
            return descriptor;
        }

        nint stream = LibC.fdopendir(descriptor);
        if (stream == 0)
        {
            int error = Marshal.GetLastPInvokeError();
            _ = LibC.close(descriptor);
            return -error;
        }

        directory = new OpenDirectory(stream, descriptor);
        return 0;
    }

    /// <summary>The paths of a directory's entries whose names begin with <paramref name="prefix"/>, in no order; none where it cannot be read.</summary>
    public static string[] PathsIn(string path, ReadOnlySpan<byte> prefix)
    {
        if (TryOpen(path, out OpenDirectory? opened) < 0)
        {
            return [];
        }

        using (opened)
        {
            return [.. opened!.EntriesWith(prefix).Select(entry => Path.Join(path, entry.Name))];
        }
    }

    public FileStatus Status => FileStatus.TryRead(Descriptor, out FileStatus status) >= 0 ? status : default;

    /// <summary>The entries whose names begin with <paramref name="prefix"/>, in no order.</summary>
    /// <remarks>Only those become strings: /tmp can hold a hundred thousand others.</remarks>
    public List<DirectoryEntry> EntriesWith(ReadOnlySpan<byte> prefix)
    {
        var entries = new List<DirectoryEntry>();
        ReadEach(prefix, (name, inode) => entries.Add(new DirectoryEntry(name.ToString(), inode)));
        return entries;
    }

    /// <summary>Calls back for each entry whose name begins with <paramref name="prefix"/>. For folders most of whose names are known: none becomes a string here.</summary>
    public void ReadEach(ReadOnlySpan<byte> prefix, DirectoryEntryAction action)
    {
        Span<char> letters = stackalloc char[MaxNameLength];
        for (nint entry = LibC.readdir(stream); entry != 0; entry = LibC.readdir(stream))
        {
            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameOffset);
            if (name.StartsWith(prefix))
            {
                action(letters[..Encoding.UTF8.GetChars(name, letters)], *(ulong*)entry);
            }
        }
    }

    public void Dispose() => _ = LibC.closedir(stream);
}

/// <summary>A name in a directory and the inode it stood for when the directory was read (readdir(3)).</summary>
internal readonly record struct DirectoryEntry(string Name, ulong Inode);

/// <summary>Looks at one entry of a directory. The name is there for as long as that takes.</summary>
internal delegate void DirectoryEntryAction(ReadOnlySpan<char> name, ulong inode);
