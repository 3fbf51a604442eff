using Fairlead.Core.Control;
using Fairlead.Output.Diagnosis;
using Fairlead.Ssh;

namespace Fairlead.Doctor;

/// <summary>The names that a report for others leaves out: of the person, this machine, the laptops, and the hosts in ssh's configuration.</summary>
internal static class PrivateNames
{
    /// <summary>They say nothing of a person, and mask what stands for itself.</summary>
    private static readonly string[] Common = ["root", "localhost"];

    /// <summary>What a Match line says beside the names (ssh_config(5), sshd_config(5)).</summary>
    private static readonly string[] MatchWords =
        ["all", "canonical", "final", "exec", "localnetwork", "host", "originalhost", "tagged", "command", "user", "localuser", "group", "address", "localaddress", "localport", "version"];

    public static ReportMask MaskFor(DoctorFacts facts)
    {
        StatusReport? status = facts.Daemon.Status;
        return new ReportMask(
            new[] { (facts.Host, "<host>"), (facts.Host.Split('.')[0], "<host>") }
                .Concat(facts.Users.Select(user => (user, "<user>")))
                .Concat(Numbered("laptop", (status?.Logins ?? []).Select(login => login.From).OfType<string>().Concat(Forwarded(status))))
                .Concat(Numbered("name", Directives(facts.Ssh).SelectMany(HostsIn)))
                .Where(name => !Common.Contains(name.Item1, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>"work (pts/3)" is named for its laptop. One that is configured has a name of its own, which helps.</summary>
    private static IEnumerable<string> Forwarded(StatusReport? status) =>
        (status?.Agents ?? []).Where(agent => agent.LoginPid is not null).Select(agent => agent.Name.Split(" (")[0]);

    private static IEnumerable<SshDirective> Directives(SshFacts ssh) =>
        ssh.IdentityAgents.Concat(ssh.Forbidden).Concat(ssh.MissingIdentities.Select(missing => missing.Directive));

    private static IEnumerable<string> HostsIn(SshDirective directive) => directive.Block?.Split([' ', ',', '"'], StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var keyword, .. var words] when keyword.Equals("Match", StringComparison.OrdinalIgnoreCase) => words.Where(word => !MatchWords.Contains(word, StringComparer.OrdinalIgnoreCase) && word != "*"),
        [_, .. var hosts] => hosts.Where(host => host != "*"),
        _ => [],
    };

    private static IEnumerable<(string, string)> Numbered(string kind, IEnumerable<string> names) =>
        names.Where(name => !System.Net.IPAddress.TryParse(name, out _)).Distinct().Select((name, index) => (name, $"<{kind} {index + 1}>"));
}
