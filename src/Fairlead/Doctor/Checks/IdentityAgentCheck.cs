using Fairlead.Output;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Doctor.Checks;

/// <summary>IdentityAgent overrides SSH_AUTH_SOCK (ssh_config(5)).</summary>
internal static class IdentityAgentCheck
{
    private const string Name = "ssh config";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Ssh.IdentityAgents.Count == 0
        ? [Finding.Ok(Name, "no IdentityAgent overrides SSH_AUTH_SOCK")]
        : facts.Ssh.IdentityAgents.Select(directive => Judge(directive, facts.Shell.Lines));

    private static Finding Judge(SshDirective directive, ShellLines lines)
    {
        return new Finding(
            Name,
            directive.IsForAll ? FindingVerdict.Problem : FindingVerdict.Warning,
            $"{directive.Place} sets IdentityAgent to {directive.Value}{directive.Limit}",
            directive.Says("none") ? "ssh then uses no agent, whatever SSH_AUTH_SOCK is." : "ssh then uses that agent, whatever SSH_AUTH_SOCK is.",
            lines.Edit(directive.File, directive.Line));
    }
}
