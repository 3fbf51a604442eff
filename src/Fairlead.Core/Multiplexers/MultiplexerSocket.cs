using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// A socket that a multiplexer's clients connect to. tmux, screen and dtach set the owner's x bit on it while somebody is attached.
/// </summary>
internal static class MultiplexerSocket
{
    private const uint OwnersExecuteBit = 0x40;

    /// <summary>
    /// How many sockets of a server are asked about, some microseconds each. It listens before clients connect, so its own socket is among
    /// the first.
    /// </summary>
    private const int MaxDescriptors = 1024;

    /// <summary>Somebody is attached, or was when the server last said so.</summary>
    public static bool IsAttached(string path) =>
        FileStatus.TryRead(path, out FileStatus status) >= 0 && IsOurs(status) && (status.Permissions & OwnersExecuteBit) != 0;

    /// <summary>Screen can be built to use named pipes.</summary>
    public static bool IsOurs(FileStatus status) =>
        status.Kind is FileKind.Socket or FileKind.Other && status.Uid == CurrentProcess.Uid;

    /// <summary>The path that a server of ours listens at.</summary>
    public static string? PathOf(int server)
    {
        using var diagnosis = new SocketDiagnosis();
        foreach (string target in ProcessDescriptors.Read(server).Take(MaxDescriptors))
        {
            if (ProcessDescriptors.TryParseSocket(target, out ulong inode) && inode <= uint.MaxValue
                && diagnosis.ListeningPathOf((uint)inode) is string path)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>The pid of a process of ours that listens at a path; 0 for none.</summary>
    public static int ListenerOf(string path) =>
        UnixStream.ReadListener(path, out PeerCredentials listener) >= 0 && listener.Uid == CurrentProcess.Uid ? listener.Pid : 0;
}
