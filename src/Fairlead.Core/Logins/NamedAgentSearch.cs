using System.Collections.Concurrent;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Logins;

/// <summary>
/// Finds the agents that logins have brought, in the first environments of their programs: what each login's <c>init</c> would name. For a daemon whose
/// predecessor was killed, and all that it had been told is lost.
/// </summary>
/// <param name="uid">Whose programs are looked at.</param>
/// <param name="known">Sockets that need no looking at.</param>
internal sealed class NamedAgentSearch(uint uid, IEnumerable<FileIdentity> known)
{
    /// <summary>Who listens at each socket; 0 for nobody, and for those that need no looking at. For two threads, where one was stuck.</summary>
    private readonly ConcurrentDictionary<FileIdentity, int> listeners = new(known.Select(socket => KeyValuePair.Create(socket, 0)));

    /// <summary>May block: on the worker.</summary>
    /// <returns>Null when the program names none, one that is known, or one that its login has not brought.</returns>
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

    /// <summary>0 for nobody. It is connected to: nothing is sent, and the connection ends at once.</summary>
    private static int ListenerOf(int socket) => UnixStream.ReadListener(PathDescriptor.PathOf(socket), out PeerCredentials listener) < 0 ? 0 : listener.Pid;
}

/// <summary>An agent that a program's login has brought.</summary>
/// <param name="Path">As the program was told of it.</param>
/// <param name="Pid">The program.</param>
/// <param name="Socket">A descriptor that names the socket, in whatever mount namespace the program is. Whoever gets this closes it.</param>
/// <param name="Folder">A descriptor of its folder, likewise.</param>
internal sealed record NamedAgent(string Path, int Pid, int Socket, int Folder);
