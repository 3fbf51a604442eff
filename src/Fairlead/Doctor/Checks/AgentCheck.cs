using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>The agents that the daemon knows: which answers here, which are silent, which it does not trust.</summary>
internal static class AgentCheck
{
    private const string Name = "agents";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        if (facts.Daemon.Status is not { } status)
        {
            return [];
        }

        Finding[] found =
        [
            .. status.Agents.Select(agent => Judge(agent, status)).OfType<Finding>(),
            .. status.Refused.Select(refused => Judge(refused, facts.Place.Home)),
        ];
        return status switch
        {
            { Denied: { } rule } => [Finding.Warning(Name, $"no agent answers here: {rule}", fix: "fairlead why"), .. found],
            { Here: { Keys: 0 } here } => [.. found, Finding.Warning(
                Name,
                $"{here.Agent} answers here and has no keys, or is locked",
                "Nothing can be signed with it. Add a key where that agent runs, or unlock it there with ssh-add -X.",
                status.Agents.Any(agent => agent.Name == here.Agent && agent.Source == "local") ? "ssh-add" : "ssh-add (on that laptop)")],
            { Here: { } here } => [.. found, Finding.Ok(Name, $"{here.Agent} answers here: {here.Explanation}")],
            _ when found.Any(finding => finding.Verdict == FindingVerdict.Problem) => found,
            { Agents.Count: > 0 } => [.. found, Finding.Problem(
                Name, "no agent answers here", "fairlead knows some, but none of them is live, or none may answer here.", "fairlead why")],
            _ when LoginCheck.LoginOf(facts.Shell, status) is null && !facts.Shell.InMosh => [.. found, Finding.Problem(
                Name, "no agent answers here", "None of your logins forwards an agent, and none is configured.", "ssh -A HOST")],
            _ => found,
        };
    }

    private static Finding? Judge(AgentReport agent, StatusReport status)
    {
        FindingVerdict verdict = status.Here is null ? FindingVerdict.Problem : FindingVerdict.Warning;
        return agent.State switch
        {
            AgentState.OutOfReach => new Finding(
                Name,
                verdict,
                $"{agent.Name} is out of reach",
                "Its machine does not acknowledge what fairlead sends: it may be asleep, or its network gone. fairlead skips it until it answers again. "
                    + "If it never will, end its login.",
                agent.LoginPid is { } login ? $"kill {login}" : null),
            AgentState.Stalled => new Finding(
                Name,
                verdict,
                $"{agent.Name} is stalled",
                "It accepts requests and answers none: its laptop may be asleep. fairlead skips it until it answers again. "
                    + "If it never will, end its login.",
                agent.LoginPid is { } pid ? $"kill {pid}" : null),
            AgentState.Awake => Finding.Warning(
                Name, $"{agent.Name} has not answered yet", "Its machine has received the request. The agent may be asking its owner first, to unlock it for example."),
            AgentState.Busy => Finding.Warning(Name, $"{agent.Name} is waiting for a person: a touch, a PIN or a yes", "Other requests wait until it has answered."),
            _ => null,
        };
    }

    private static Finding Judge(RefusedReport refused, string home)
    {
        (FindingVerdict verdict, string? meaning, string? fix) = Explain(refused, home);
        return new Finding(Name, verdict, $"{refused.Socket} is not trusted: {refused.Reason}", meaning, fix);
    }

    private static (FindingVerdict Verdict, string? Meaning, string? Fix) Explain(RefusedReport refused, string home)
    {
        string path = TypedPath.Of(refused.Socket, home);
        bool isFolder = LoginFolder.IsName(Path.GetFileName(refused.Socket));
        string folder = isFolder ? path : TypedPath.Of(Path.GetDirectoryName(refused.Socket) ?? "/", home);
        return RefusalCode.Of(refused) switch
        {
            Refusal.FolderWritableByOthers or Refusal.FolderNotPrivate => (
                FindingVerdict.Problem, "Other users could put a socket of their own in its place.", $"chmod 700 {folder}"),
            Refusal.SharedFolderUnsafe => (
                FindingVerdict.Problem, "In such a folder, any user can replace the sockets of another.", "sudo chown root /tmp && sudo chmod 1777 /tmp"),
            Refusal.TakenByAnotherUser or Refusal.ListenerOfAnotherUser => (
                FindingVerdict.Problem,
                "That user could see every request to an agent there. fairlead sends none, but a program that names the path itself does: end that program.",
                $"ls -ld {folder}"),
            Refusal.ListenerInContainer => (
                FindingVerdict.Warning, "Otherwise a program in a container could receive your requests, and the keys that you add.", null),
            Refusal.LeadsBackToUs => (
                FindingVerdict.Warning,
                "You ran 'ssh -A' from this machine to itself. That login gets the same answer as the shell you typed it in, and does not need -A.",
                "ssh -a HOST"),
            Refusal.TooManyStalePaths => (
                FindingVerdict.Warning, "fairlead cannot listen at more old paths. End old panes that you no longer need.", "fairlead status"),
            Refusal.LinkInStickyFolder => (
                FindingVerdict.Warning, "Any user may have made that link. Configure the path of the socket itself.", $"readlink -f {path}"),
            _ => (FindingVerdict.Warning, "fairlead never uses it.", $"ls -ld {folder} {path}"),
        };
    }
}
