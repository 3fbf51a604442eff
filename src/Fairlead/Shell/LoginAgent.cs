using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Shell;

/// <summary>The agent that a login was given by its SSH server, as <c>init</c> names it to the daemon.</summary>
internal static class LoginAgent
{
    /// <summary>
    /// Names it by descriptors of the socket and of its folder: what the path means here it need not mean to the daemon (pam_namespace, a container).
    /// </summary>
    /// <returns>Refused also where this login would not trust the agent itself; late where the daemon did not say in time.</returns>
    public static RegisterOutcome Register(ControlClient daemon, int pid, string path)
    {
        if (SocketTrust.Examine(path, CurrentProcess.Uid, out string resolved, out _) is not null)
        {
            _ = daemon.Register(pid, path, []); // for doctor
            return RegisterOutcome.Refused;
        }

        int folder = PathDescriptor.OpenFolder(Path.GetDirectoryName(resolved) ?? "/");
        int socket = PathDescriptor.OpenIn(folder, Path.GetFileName(resolved));
        RegisterOutcome outcome = socket < 0 ? RegisterOutcome.Refused : daemon.Register(pid, path, [socket, folder]);
        Descriptor.Close(socket);
        Descriptor.Close(folder);
        return outcome;
    }
}
