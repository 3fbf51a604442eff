using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Settings;

namespace Fairlead.Shell;

/// <summary>
/// <c>fairlead init SHELL [--refresh-env]</c>. Every login runs it and waits for it, and its output is evaluated: it prints code or nothing, never a message,
/// and fails for nobody. Nothing here touches <see cref="Console"/>, the command line library or the JSON serializer.
/// </summary>
internal static class InitAction
{
    /// <summary>A daemon that has no time to accept a connection is not waited for.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>sshd sets them, and multiplexers hand them on.</summary>
    private static readonly string[] SessionVariables = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"];

    /// <summary>
    /// A login waits no longer than this for a file on a server that is dead, which no call can be told not to wait for. The shell stays as it was then.
    /// </summary>
    private const uint PatienceSeconds = 5;

    /// <param name="refreshes">Print the prompt hook as well, for a shell that can have one.</param>
    public static int Run(ShellKind shell, bool refreshes = false)
    {
        QuietEnd.After(PatienceSeconds);
        TryAct(shell, refreshes);
        return 0;
    }

    private static void TryAct(ShellKind shell, bool refreshes)
    {
        try
        {
            Act(shell, refreshes);
        }
        catch (Exception)
        {
            // A mistake of ours is no reason to greet somebody with a stack trace at every login: the shell stays as it was.
        }
    }

    private static void Act(ShellKind shell, bool refreshes)
    {
        string? agent = Surroundings.Variable("SSH_AUTH_SOCK");
        bool hasVariables = SessionVariables.Any(name => Surroundings.Variable(name) is not null);

        // Despite a mistake in the configuration: a login that does not find the daemon would keep a socket that goes stale.
        var context = CommandContext.Read();
        Ancestry ancestry = Ancestry.Read();
        bool inSession = ancestry.IsInSession(hasVariables);
        FoundDaemon found = context.Find(AnswerTimeout);
        ControlClient? daemon = found.Client;
        string? socket = context.SocketDespiteMistake;
        // Zero where systemd listens and no daemon has run yet: systemd may listen for an agent of the person's own as well, and that one is kept.
        int pid = found.Pid;
        SocketOwner listener = ListenerProbe.Look(agent, pid > 0 ? context.OwnSocketsOfFound : context.OwnSockets, pid, ancestry, context.Around);
        InitDecision decision = InitDecision.Decide(new InitFacts
        {
            Listener = listener,
            InSession = inSession,
            HasPlace = socket is not null && !IsOutOfReach(socket),
            HomeIsForeign = context.HomeIsForeign,
            DaemonListens = found.IsThere,
            MayStart = daemon is null && context.MayStart(ancestry, hasVariables || listener == SocketOwner.Login),
        });

        if (decision.Start)
        {
            StartOutcome outcome = context.Start(DaemonStarter.LoginTimeout, AnswerTimeout, out daemon);
            decision = decision.After(daemon is null && outcome != StartOutcome.Late ? StartOutcome.Failed : outcome);
            socket = context.SocketDespiteMistake;
        }

        if (decision.Register && daemon is not null)
        {
            decision = decision.After(LoginAgent.Register(daemon, ancestry.ParentPid, agent!));
        }

        bool isServed = daemon is not null || decision.Start;
        daemon?.Dispose();
        // What a login's own shell has is fresh, and what its rc file has changed of it is to stay.
        bool mayAge = inSession && !ancestry.IsOnLoginTerminal;
        if (refreshes && isServed && decision.Export && mayAge && context.StateDespiteMistake is { } state && !context.HomeIsForeign)
        {
            _ = new RefreshStamp(state.RefreshStamp).Create();
            StandardStream.Write(StandardStream.Output, shell.HookFor(state.RefreshStamp, OwnProgram.Path));
        }

        if (decision.Export && socket is not null)
        {
            StandardStream.Write(StandardStream.Output, shell.CodeFor(socket));
        }
    }

    /// <summary>A folder that lets nobody in hides an agent that lives: nothing live is given away for it.</summary>
    private static bool IsOutOfReach(string socket) => FileStatus.TryRead(socket, out _) == -Errno.EACCES;
}
