using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>
/// Distinguishes an SSH server that listens for a login's agent from other programs that listen for one: <c>init</c> and the daemon must
/// agree.
/// </summary>
internal static class LoginListener
{
    /// <summary>systemd listens for the agents that the person runs here (gpg-agent, ssh-agent), and is above their services.</summary>
    private const string SocketActivation = "systemd";

    /// <summary>May block: reads a command line.</summary>
    /// <param name="processes">A program of the login and its ancestors, itself first, as far as they can be read.</param>
    /// <param name="listener">The process that listens; 0 for one of another pid namespace.</param>
    public static bool IsOf(IEnumerable<ProcessStat> processes, int listener) =>
        listener > 0 && (IsServerAbove([.. processes], listener) || LoginTitle.Of(listener) is not null);

    /// <summary>
    /// <c>ssh-agent COMMAND</c> also listens, and then becomes the command: it is in the middle of the terminal's own session, where no
    /// server is.
    /// </summary>
    private static bool IsServerAbove(ProcessStat[] processes, int listener)
    {
        ProcessStat child = Array.Find(processes, process => process.Parent == listener);
        ProcessStat server = Array.Find(processes, process => process.Pid == listener); // none if it is hidden
        return child.Pid > 0 && server.Command != SocketActivation && !(server.HasTerminal && server.Session == child.Session);
    }
}
