using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

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
            { Denied: { } rule } => [Finding.Warning(Name, $"no agent answers here: {rule}", "The configuration wants it so.", "fairlead why"), .. found],
            { Here: { } here } => [.. found, Finding.Ok(Name, $"{here.Agent} answers here: {here.Explanation}")],
            _ when found.Length > 0 => found,
            { Agents.Count: > 0 } => [Finding.Problem(
                Name, "no agent answers here", "Of those that fairlead knows, none is live, or none may answer.", "fairlead why")],
            _ when LoginCheck.LoginOf(facts.Shell, status) is null && !facts.Shell.InMosh => [Finding.Problem(
                Name, "no agent answers here", "None of the logins that fairlead can see forwards an agent, and the configuration names none.", "ssh -A HOST")],
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
                "What was sent to its machine is not acknowledged: it sleeps, or has no network. It is passed over, and used again as soon as it answers; "
                    + "if it never will, end its login.",
                agent.LoginPid is { } login ? $"kill {login}" : null),
            AgentState.Stalled => new Finding(
                Name,
                verdict,
                $"{agent.Name} is stalled",
                "It takes requests and answers none, like that of a laptop that sleeps. It is passed over, and used again as soon as it answers; "
                    + "if it never will, end its login.",
                agent.LoginPid is { } pid ? $"kill {pid}" : null),
            AgentState.Awake => Finding.Warning(
                Name, $"{agent.Name} has not answered yet", "Its machine has received the question: its person may be asked first, to unlock it, say."),
            AgentState.Busy => Finding.Warning(Name, $"{agent.Name} waits for a person, for a touch, a PIN or a yes", "Further requests wait until then."),
            _ => null,
        };
    }

    private static Finding Judge(RefusedReport refused, string home)
    {
        (FindingVerdict verdict, string? meaning, string? mend) = Explain(refused, home);
        return new Finding(Name, verdict, $"{refused.Socket} is not trusted: {refused.Reason}", meaning, mend);
    }

    private static (FindingVerdict Verdict, string? Meaning, string? Mend) Explain(RefusedReport refused, string home)
    {
        string path = TypedPath.Of(refused.Socket, home);
        bool isFolder = Path.GetFileName(refused.Socket).StartsWith(SocketFolder.LoginFolderPrefix, StringComparison.Ordinal);
        string folder = isFolder ? path : TypedPath.Of(Path.GetDirectoryName(refused.Socket) ?? "/", home);
        return RefusalOf(refused) switch
        {
            Refusal.FolderWritableByOthers or Refusal.FolderNotPrivate => (
                FindingVerdict.Problem, "Others could put a socket of theirs in its place.", $"chmod 700 {folder}"),
            Refusal.SharedFolderUnsafe => (
                FindingVerdict.Problem, "In such a folder any user can take another's names.", "sudo chown root /tmp && sudo chmod 1777 /tmp"),
            Refusal.TakenByAnotherUser or Refusal.ListenerOfAnotherUser => (
                FindingVerdict.Problem,
                "Whoever has it could see what is asked of an agent there. fairlead asks nothing; a program that names the path itself does: end it.",
                $"ls -ld {folder}"),
            Refusal.ListenerInContainer => (
                FindingVerdict.Warning, "Who sits in a container could otherwise be asked in your name, and sent your keys.", null),
            Refusal.LeadsBackToUs => (
                FindingVerdict.Warning,
                "An 'ssh -A' from this machine leads back to it. It is answered like the shell that it was typed in; without -A it would bring nothing.",
                "ssh -a HOST"),
            Refusal.TooManyStalePaths => (
                FindingVerdict.Warning, "Further old panes stay dead. Ending some that are not needed makes room.", "fairlead status"),
            Refusal.LinkInStickyFolder => (
                FindingVerdict.Warning, "Anybody may have made that link. Name the socket itself.", $"readlink -f {path}"),
            _ => (FindingVerdict.Warning, "fairlead never uses it.", $"ls -ld {folder} {path}"),
        };
    }

    /// <summary>Null where the daemon is older than codes, or knows a refusal that this program does not.</summary>
    private static Refusal? RefusalOf(RefusedReport refused) => Enum.TryParse(refused.Code, out Refusal refusal) ? refusal : null;
}
