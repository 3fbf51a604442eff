using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Location;

/// <summary>
/// Up to 0.1 all files of a daemon stood beside its agent socket, which people hand into containers. They are moved to the state of the daemon that takes the
/// place.
/// </summary>
/// <remarks>What cannot be moved stays. The record of old paths is read wherever it is, and moves with the first change to it. Blocking calls only.</remarks>
internal static class FormerLayout
{
    /// <param name="former">The files beside the agent socket. Nothing is done while another daemon has their lock.</param>
    /// <param name="held">The descriptor of that lock where it was passed on, else -1.</param>
    /// <param name="state">Where the files are now.</param>
    /// <param name="booted">When the machine started.</param>
    public static void Move(StateLocation former, int held, StateLocation state, DateTimeOffset booted)
    {
        bool isFree = held >= 0 ? FileLock.IsAt(held, former.Lock) : FileLock.IsFree(former.Lock);
        if (!isFree || former.Prefix == state.Prefix || !former.Folders.Look().IsUsable)
        {
            return;
        }

        MoveFile(former.Log, state.Log);
        MoveLinks(former.Links, state.Links);
        MoveStamp(former.RefreshStamp, state.RefreshStamp, booted);
        if (held >= 0 || UnixStream.Connect(former.Control) == -Errno.ECONNREFUSED) // systemd may listen there still
        {
            Remove(former.Control, FileKind.Socket);
        }

        Remove(former.Lock, FileKind.Regular);
    }

    private static void MoveFile(string from, string to)
    {
        if (FileStatus.TryRead(to, out _) == -Errno.ENOENT && FileContent.TryRead(from, out byte[] bytes) >= 0 && FileContent.Write(to, bytes, isPrivate: true) < 0)
        {
            _ = FileContent.Remove(to);
            return;
        }

        Remove(from, FileKind.Regular);
    }

    private static void MoveLinks(string from, string to)
    {
        if (FileContent.TryRead(from, out byte[] former) >= 0)
        {
            _ = FileContent.TryRead(to, out byte[] now);
            IEnumerable<string> lines = new[] { now, former }.SelectMany(bytes => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Distinct();
            if (FileContent.Write(to, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))) >= 0)
            {
                Remove(from, FileKind.Regular);
            }
        }
    }

    /// <summary>Prompts of running shells read the former path until they end: a link leads them on. With the machine's next start they are gone.</summary>
    private static void MoveStamp(string from, string to, DateTimeOffset booted)
    {
        if (FileStatus.TryRead(from, out FileStatus stamp) < 0)
        {
            return;
        }

        if (stamp.Kind == FileKind.Regular)
        {
            _ = new RefreshStamp(to).Create();
            _ = SymbolicLink.Write(from, to);
        }
        else if (stamp.Kind == FileKind.SymbolicLink && stamp.Changed < booted)
        {
            Remove(from, FileKind.SymbolicLink);
        }
    }

    private static void Remove(string path, FileKind kind)
    {
        if (FileStatus.TryRead(path, out FileStatus status) >= 0 && status.Kind == kind)
        {
            _ = FileContent.Remove(path);
        }
    }
}
