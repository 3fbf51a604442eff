using Fairlead.Output;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Doctor.Checks;

/// <summary>IdentitiesOnly keeps the keys of every agent back whose public half is not a file here (ssh_config(5)).</summary>
internal static class IdentityFileCheck
{
    private const string Name = "ssh config";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Ssh.MissingIdentities.Select(missing => Judge(missing, facts.Shell.Lines));

    private static Finding Judge(MissingIdentity missing, ShellLines lines)
    {
        SshDirective directive = missing.Directive;
        FindingVerdict verdict = directive.IsForAll ? FindingVerdict.Problem : FindingVerdict.Warning;
        return missing.File is { } file
            ? new Finding(
                Name,
                verdict,
                $"{directive.Place} names a missing IdentityFile{directive.Limit}: {file}",
                "With IdentitiesOnly, ssh then offers none of your agent's keys. The public key is enough. To copy it, type this on your laptop.",
                $"scp {PublicKey(file)} HOST:{PublicKey(file).Replace("~/", "", StringComparison.Ordinal)}")
            : new Finding(
                Name,
                verdict,
                $"{directive.Place} sets IdentitiesOnly{directive.Limit}, and there is no key file",
                "ssh then offers none of your agent's keys. Remove the line, or copy the public key from your laptop and name it with IdentityFile.",
                lines.Edit(directive.File, directive.Line));
    }

    private static string PublicKey(string file) => file.EndsWith(".pub", StringComparison.Ordinal) ? file : $"{file}.pub";
}
