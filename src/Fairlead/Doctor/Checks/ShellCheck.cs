using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>Which agent this shell's programs use: its SSH_AUTH_SOCK.</summary>
internal static class ShellCheck
{
    private const string Name = "this shell";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => [Judge(facts.Shell, IsRefused(facts), facts.Daemon is { Status: not null } or { StartsOnDemand: true })];

    /// <summary>The rc line leaves a live agent alone that fairlead does not use, and so it would if it were typed.</summary>
    private static bool IsRefused(DoctorFacts facts) =>
        facts is { Shell.Agent: { } agent, Daemon.Status: { } status } && LoginCheck.ReasonAgainst(agent, status) is not null;

    private static Finding Judge(ShellFacts shell, bool isRefused, bool isServed) => shell.Listener switch
    {
        SocketOwner.Ourselves when shell.IsHealed => Finding.Ok(
            Name, $"SSH_AUTH_SOCK is an old path, {shell.Agent}, and fairlead listens there", "Programs in this shell get the same answers as all others."),
        SocketOwner.Ourselves => Finding.Ok(Name, "SSH_AUTH_SOCK is fairlead's socket"),
        SocketOwner.AnotherProgram => Finding.Ok(
            Name, $"SSH_AUTH_SOCK names an agent of your own, {shell.Agent}", "fairlead leaves it unchanged, and does not answer here."),
        SocketOwner.Unset when shell.InSession || isServed => Finding.Problem(
            Name, "SSH_AUTH_SOCK is not set", "ssh and git use no agent here.", shell.Lines.Repair),
        SocketOwner.Unset => Finding.Warning(
            Name,
            "SSH_AUTH_SOCK is not set, and this shell is in no ssh login, tmux or screen",
            "ssh and git use no agent here. The fairlead line sets it in those, and wherever fairlead already runs. Elsewhere it starts nothing.",
            shell.Lines.Export),
        SocketOwner.Login when isRefused => Finding.Warning(
            Name, $"SSH_AUTH_SOCK is the login's own socket, {shell.Agent}", "It works only until that login ends. fairlead does not use it: see 'agents'."),
        SocketOwner.Login => Finding.Warning(
            Name, $"SSH_AUTH_SOCK is the login's own socket, {shell.Agent}", "It works only until that login ends.", shell.Lines.Repair),
        _ when shell.IsStrangers => Finding.Problem(
            Name,
            $"another user listens at SSH_AUTH_SOCK, {shell.Agent}",
            "The agent at that path is gone, and that user has taken the path. Change SSH_AUTH_SOCK before you add a key or sign anything.",
            shell.Lines.Repair),
        _ => Finding.Problem(
            Name, $"SSH_AUTH_SOCK is stale: nobody listens at {shell.Agent}", "The login that made it has ended.", shell.Lines.Repair),
    };
}
