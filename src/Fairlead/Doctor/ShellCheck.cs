using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Whom this shell's programs ask: its SSH_AUTH_SOCK.</summary>
internal static class ShellCheck
{
    private const string Name = "this shell";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => [Judge(facts.Shell, IsRefused(facts), facts.Daemon is { Status: not null } or { StartsOnDemand: true })];

    /// <summary>The rc line leaves a live agent alone that fairlead does not use, and so would it if it were typed.</summary>
    private static bool IsRefused(DoctorFacts facts) =>
        facts is { Shell.Agent: { } agent, Daemon.Status: { } status } && LoginCheck.ReasonAgainst(agent, status) is not null;

    private static Finding Judge(ShellFacts shell, bool isRefused, bool isServed) => shell.Listener switch
    {
        SocketOwner.Ourselves when shell.IsHealed => Finding.Ok(
            Name, $"SSH_AUTH_SOCK is an old path, {shell.Agent}, and fairlead listens there", "Programs of this shell are answered like all others."),
        SocketOwner.Ourselves => Finding.Ok(Name, "SSH_AUTH_SOCK is the path that never goes stale"),
        SocketOwner.AnotherProgram => Finding.Ok(
            Name, $"SSH_AUTH_SOCK names an agent of your own, {shell.Agent}", "fairlead leaves it as it is, and does not answer here."),
        SocketOwner.Unset when shell.InSession || isServed => Finding.Problem(
            Name, "SSH_AUTH_SOCK is not set", "ssh and git ask no agent here.", shell.Lines.Repair),
        SocketOwner.Unset => Finding.Warning(
            Name,
            "SSH_AUTH_SOCK is not set, and this shell is below no login, nor in tmux or screen",
            "ssh and git ask no agent here. The rc line sets it there, and wherever fairlead runs already; elsewhere it starts nothing.",
            shell.Lines.Export),
        SocketOwner.Login when isRefused => Finding.Warning(
            Name, $"SSH_AUTH_SOCK is the login's own socket, {shell.Agent}", "It works until that login ends, and then never again. fairlead does not use it (see 'agents')."),
        SocketOwner.Login => Finding.Warning(
            Name, $"SSH_AUTH_SOCK is the login's own socket, {shell.Agent}", "It works until that login ends, and then never again.", shell.Lines.Repair),
        _ when shell.IsStrangers => Finding.Problem(
            Name,
            $"another user listens at SSH_AUTH_SOCK, {shell.Agent}",
            "Somebody has taken the path of an agent that is gone. Add no key and sign nothing before it is changed.",
            shell.Lines.Repair),
        _ => Finding.Problem(
            Name, $"SSH_AUTH_SOCK is stale: nobody listens at {shell.Agent}", "The login that it came from has ended.", shell.Lines.Repair),
    };
}
