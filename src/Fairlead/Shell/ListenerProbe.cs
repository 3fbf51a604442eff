using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;
using Fairlead.Core.Probing;
using Fairlead.Launch;
using Fairlead.Settings;

namespace Fairlead.Shell;

/// <summary>Finds out who listens at a path, by connecting to it and sending nothing.</summary>
internal static class ListenerProbe
{
    /// <param name="ownSockets">The paths of fairlead's own agent socket.</param>
    /// <param name="daemonPid">Our daemon where it is known, else 0.</param>
    public static SocketOwner Look(string? path, IEnumerable<string> ownSockets, int daemonPid, Ancestry ancestry, Surroundings around)
    {
        if (path is null)
        {
            return SocketOwner.Unset;
        }

        FileIdentity? listening = FileStatus.TryReadTarget(path, out FileStatus status) >= 0 ? status.Identity : null;
        if (ownSockets.Any(own => path == own || (FileStatus.TryRead(own, out FileStatus ours) >= 0 && ours.Identity == listening)))
        {
            return SocketOwner.Ourselves;
        }

        int result = UnixStream.ReadListener(path, out PeerCredentials peer);
        if (result == -Errno.EAGAIN)
        {
            // Its backlog is full, so somebody is there, but who can not be asked.
            return SocketFolder.IsSshdPath(path) ? SocketOwner.Login : SocketOwner.AnotherProgram;
        }

        SocketOwner owner = result < 0 ? SocketOwner.Nobody : Judge(peer, daemonPid, ancestry, around);
        return owner == SocketOwner.Login && IsOfSshAgent(path, peer.Pid) ? SocketOwner.AnotherProgram : owner;
    }

    /// <summary>What the peer's credentials say. A process of another pid namespace has pid 0.</summary>
    public static SocketOwner Judge(PeerCredentials peer, int daemonPid, Ancestry ancestry, Surroundings around)
    {
        if (peer.Uid != around.Uid && peer.Uid != 0)
        {
            // Under sudo, the agent of the person who typed it: root may use it, and asked to keep it.
            return around.Uid == 0 && peer.Uid == around.SudoUid ? SocketOwner.AnotherProgram : SocketOwner.Nobody;
        }

        if (peer.Pid > 0 && peer.Pid == daemonPid)
        {
            return SocketOwner.Ourselves;
        }

        return LoginListener.IsOf(ancestry.Processes, peer.Pid) ? SocketOwner.Login : SocketOwner.AnotherProgram;
    }

    /// <summary>Of the two that call their sockets so, sshd has a title; where it is hidden, ssh-agent is not.</summary>
    private static bool IsOfSshAgent(string path, int listener) =>
        SocketFolder.IsSshdPath(path) && !AgentOwnerReader.IsSessionProcess(listener, path);
}

/// <summary>Who listens at the SSH_AUTH_SOCK that a shell begins with.</summary>
internal enum SocketOwner
{
    /// <summary>It is not set.</summary>
    Unset,

    /// <summary>The path is gone, refuses, or is served by somebody whose business it is not.</summary>
    Nobody,

    /// <summary>A login's session process: an agent forwarded from where the person sits.</summary>
    Login,

    /// <summary>fairlead.</summary>
    Ourselves,

    /// <summary>An agent that the person runs here, or that sudo brought along: keychain, gnome-keyring, ssh-agent.</summary>
    AnotherProgram,
}
