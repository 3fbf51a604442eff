using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Probing;

/// <summary>Finds the owner of an agent from the process that listens. Reads command lines and environments: run on the worker.</summary>
/// <remarks>
/// A pid is not a login: Tailscale, Teleport and others serve all logins from one process, and listen for all their agents. The environment
/// with which the server started each login distinguishes them.
/// </remarks>
internal static class AgentOwnerReader
{
    /// <summary>A child of a server, a wrapper of root's, login(1), the shell: the first of them that can be read counts.</summary>
    private const int MaxDepth = 4;

    /// <param name="listener">The process that listens; not 0.</param>
    /// <param name="path">The agent's socket, as the login's environment names it.</param>
    /// <param name="registrants">The processes that registered the agent as that of their login.</param>
    public static AgentOwner Read(int listener, string path, IReadOnlyList<int> registrants)
    {
        if (IsSessionProcess(listener, path))
        {
            return new AgentOwner(IsServer: false, [ProcessIdentity.Of(listener)]);
        }

        var processes = new ChildProcesses();
        int[] children = [.. processes.Of(listener).Where(child => ProcessStatus.MayBeOf(child, CurrentProcess.Uid))]; // to read one further takes some 30 us
        HashSet<int> registered = [.. registrants.Select(pid => ChildAbove(pid, listener))];
        return new AgentOwner(
            IsServer: true,
            [.. children.Where(child => registered.Contains(child) || PathGivenTo(child, processes) == path).Select(ProcessIdentity.Of)]);
    }

    /// <summary>OpenSSH's says so in its title; if the title is hidden, only OpenSSH has sockets with such names.</summary>
    public static bool IsSessionProcess(int listener, string path) =>
        ProcessFile.ReadArguments(listener) is [string commandLine, ..]
            ? LoginTitle.Parse(commandLine) is not null
            : SocketFolder.IsSshdPath(path);

    /// <summary>SSH_AUTH_SOCK in the first readable environment of a login.</summary>
    private static string? PathGivenTo(int child, ChildProcesses processes)
    {
        int[] level = [child];
        for (int depth = 0; depth < MaxDepth && level.Length > 0; depth++)
        {
            foreach (int pid in level)
            {
                if (ProcessFile.ReadEnvironment(pid) is { Length: > 0 } environment)
                {
                    return EnvironmentBlock.Find(environment, EnvironmentBlock.AgentVariable);
                }
            }

            level = [.. level.SelectMany(processes.Of)];
        }

        return null;
    }

    /// <summary>The child of the listener that a process descends from; 0 for none.</summary>
    private static int ChildAbove(int pid, int listener) => ProcessAncestors.Of(pid).FirstOrDefault(process => process.Parent == listener).Pid;
}
