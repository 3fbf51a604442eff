using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Files;

/// <summary>
/// A directory held open, so that the directory that was checked is the one that is used: names are relative to the descriptor, and nobody
/// can put another directory in its place in between.
/// </summary>
internal sealed unsafe class OpenDirectory : IDisposable
{
    /// <summary>The offset of d_name in struct dirent of a 64-bit Linux, whose first field is d_ino (dirent.h).</summary>
    private const int NameOffset = 19;

    /// <summary>Bytes of d_name, and so no fewer than its characters.</summary>
    private const int MaxNameLength = 256;

    /// <summary>Some 10 us of names that do not count, or one folder to look into.</summary>
    private const int EntriesBetweenQuestions = 16;

    private readonly nint stream;

    private OpenDirectory(nint stream, int descriptor)
    {
        this.stream = stream;
        Descriptor = descriptor;
    }

    public int Descriptor { get; }

    /// <summary>Opens a directory; its final component may not be a symbolic link.</summary>
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

    /// <summary>
    /// The paths of a directory's entries whose names begin with <paramref name="prefix"/>, in no order; none if it cannot be read.
    /// </summary>
    /// <param name="owner">Their owner, for a folder that others may fill; null for any owner.</param>
    public static string[] PathsIn(string path, ReadOnlySpan<byte> prefix, uint? owner = null)
    {
        if (TryOpen(path, out OpenDirectory? opened) < 0)
        {
            return [];
        }

        using OpenDirectory directory = opened!;
        var paths = new List<string>();
        directory.ReadEach(prefix, (name, _) =>
        {
            if (owner is null || (FileStatus.TryRead(directory.Descriptor, name, out FileStatus status) >= 0 && status.Uid == owner))
            {
                paths.Add(Path.Join(path, name));
            }
        });
        return [.. paths];
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

    /// <summary>
    /// Calls back for each entry whose name begins with <paramref name="prefix"/>. For folders most of whose names are known: it makes no
    /// strings.
    /// </summary>
    /// <param name="isEnough">
    /// Asked now and then, with the number of entries that this call has read: when it says so, the next call continues after the entries
    /// that were read.
    /// </param>
    /// <returns>Whether all entries were read.</returns>
    public bool ReadEach(ReadOnlySpan<byte> prefix, DirectoryEntryAction action, Func<int, bool>? isEnough = null)
    {
        Span<char> letters = stackalloc char[MaxNameLength];
        for (int read = 1; ; read++)
        {
            if (read % EntriesBetweenQuestions == 0 && isEnough?.Invoke(read) == true)
            {
                return false;
            }

            nint entry = LibC.readdir(stream);
            if (entry == 0)
            {
                return true;
            }

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

/// <summary>Looks at one entry of a directory. The name is valid only during the call.</summary>
internal delegate void DirectoryEntryAction(ReadOnlySpan<char> name, ulong inode);
