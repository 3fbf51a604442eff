using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Doctor.Checks;

/// <summary>Whether some agent has the key that git signs with.</summary>
internal static class SigningCheck
{
    private const string Name = "git signing";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Signing is { } signing ? [Judge(signing, facts.Daemon.Keys)] : [];

    private static Finding Judge(SigningFacts signing, ListReport? keys)
    {
        if (signing.IsOnDisk)
        {
            return Finding.Ok(Name, $"{signing.Key} is a private key on this machine, and needs no agent");
        }

        if (signing.Fingerprint is not { } fingerprint)
        {
            return Finding.Problem(
                Name, $"there is no public key at {signing.Key}", "git cannot sign without one.", "ssh-add -L");
        }

        if (keys is null)
        {
            return Finding.Warning(Name, $"the daemon does not answer, so it is unknown whether an agent has {signing.Key}");
        }

        if (keys.Agents.FirstOrDefault(agent => agent.Keys.Any(key => key.Fingerprint == fingerprint)) is { } holder)
        {
            // Measured: ssh-keygen -Y sign sends no session-bind, and all it says is "agent refused operation".
            return Finding.Ok(
                Name,
                $"{holder.Agent} has {signing.Key}",
                "If git still says \"agent refused operation\", the key was added for certain hosts only (ssh-add -h), which no list of keys shows. Add it again on "
                    + "your laptop, without -h.");
        }

        return keys.Agents.FirstOrDefault(agent => !agent.Answered) is { } silent
            ? Finding.Warning(Name, $"no agent that answered has {signing.Key}, and {silent.Agent} did not answer", "'git commit -S' may fail until it does.")
            : Finding.Problem(
                Name, $"no live agent has {signing.Key}", $"'git commit -S' fails. Add the key, {fingerprint}, on your laptop.", "ssh-add");
    }
}
