using System.Collections.Concurrent;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Logins;

/// <summary>
/// Finds the agents that logins forward, in the first environments of their programs: those that each login's <c>init</c> would register.
/// For a daemon whose predecessor was killed, so that its registrations are lost.
/// </summary>
/// <param name="uid">The user whose programs are read.</param>
/// <param name="known">Sockets that need no check.</param>
internal sealed class NamedAgentSearch(uint uid, IEnumerable<FileIdentity> known)
{
    /// <summary>
    /// The process that listens at each socket; 0 for none, and for those that need no check. For two threads, in case one was stuck.
    /// </summary>
    private readonly ConcurrentDictionary<FileIdentity, int> listeners = new(known.Select(socket => KeyValuePair.Create(socket, 0)));

    /// <summary>May block: run on the worker.</summary>
    /// <returns>Null when the program names none, a known one, or one that its login does not forward.</returns>
    public NamedAgent? Read(int pid)
    {
        if (FileStatus.TryRead($"/proc/{pid}", out FileStatus process) < 0 || process.Uid != uid
            || EnvironmentBlock.Find(ProcessFile.ReadEnvironment(pid), EnvironmentBlock.AgentVariable) is not ['/', ..] path)
        {
            return null;
        }

        string root = MountNamespace.IsOurs(pid) ? "" : $"/proc/{pid}/root";
        int folder = PathDescriptor.OpenFolder(root + Path.GetDirectoryName(path));
        int socket = PathDescriptor.OpenIn(folder, Path.GetFileName(path));
        if (FileStatus.TryRead(socket, out FileStatus status) >= 0 && status.Kind == FileKind.Socket && status.Uid == uid
            && LoginListener.IsOf(ProcessAncestors.Of(pid), listeners.GetOrAdd(status.Identity, _ => ListenerOf(socket))))
        {
            listeners[status.Identity] = 0;
            return new NamedAgent(path, pid, socket, folder);
        }

        Descriptor.Close(socket);
        Descriptor.Close(folder);
        return null;
    }

    /// <summary>0 for none. Connects, sends nothing, and closes the connection at once.</summary>
    private static int ListenerOf(int socket) => UnixStream.ReadListener(PathDescriptor.PathOf(socket), out PeerCredentials listener) < 0 ? 0 : listener.Pid;
}

/// <summary>An agent that a program's login forwards.</summary>
/// <param name="Path">As in the program's environment.</param>
/// <param name="Pid">The program.</param>
/// <param name="Socket">A descriptor that names the socket, in any mount namespace of the program. The receiver must close it.</param>
/// <param name="Folder">A descriptor of its folder, likewise.</param>
internal sealed record NamedAgent(string Path, int Pid, int Socket, int Folder);
