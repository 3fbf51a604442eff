using Fairlead.Output;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Doctor;

/// <summary>IdentityAgent overrules SSH_AUTH_SOCK (ssh_config(5)).</summary>
internal static class IdentityAgentCheck
{
    private const string Name = "ssh config";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Ssh.IdentityAgents.Count == 0
        ? [Finding.Ok(Name, "no IdentityAgent overrules SSH_AUTH_SOCK")]
        : facts.Ssh.IdentityAgents.Select(directive => Judge(directive, facts.Shell.Lines));

    private static Finding Judge(SshDirective directive, ShellLines lines)
    {
        bool isForAll = directive.Block is null or "Host *" or "Match all";
        return new Finding(
            Name,
            isForAll ? FindingVerdict.Problem : FindingVerdict.Warning,
            $"{directive.Place} sets IdentityAgent to {directive.Value}{(isForAll ? "" : $" for '{directive.Block}'")}",
            directive.Says("none") ? "ssh asks no agent there, whatever SSH_AUTH_SOCK is." : "ssh asks that agent there, whatever SSH_AUTH_SOCK is.",
            lines.Edit(directive.File, directive.Line));
    }
}
