using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Whether some agent holds the key that git signs with.</summary>
internal static class SigningCheck
{
    private const string Name = "git signing";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Signing is { } signing ? [Judge(signing, facts.Daemon.Keys)] : [];

    private static Finding Judge(SigningFacts signing, ListReport? keys)
    {
        if (signing.IsOnDisk)
        {
            return Finding.Ok(Name, $"{signing.Key} is a private key on this machine, which needs no agent");
        }

        if (signing.Fingerprint is not { } fingerprint)
        {
            return Finding.Problem(
                Name, $"there is no public key at {signing.Key}", "git cannot sign without it.", "ssh-add -L");
        }

        if (keys is null)
        {
            return Finding.Warning(Name, $"whether an agent holds {signing.Key} is not known while the daemon does not answer");
        }

        if (keys.Agents.FirstOrDefault(agent => agent.Keys.Any(key => key.Fingerprint == fingerprint)) is { } holder)
        {
            // Measured: ssh-keygen -Y sign sends no session-bind, and "agent refused operation" is all that is said.
            return Finding.Ok(
                Name,
                $"{holder.Agent} holds {signing.Key}",
                "A key that was added for certain hosts only ('ssh-add -h') signs no commits, and no list of keys shows that: if git says \"agent refused operation\", "
                    + "add it on your laptop without -h.");
        }

        return keys.Agents.FirstOrDefault(agent => !agent.Answered) is { } silent
            ? Finding.Warning(Name, $"no agent that answers holds {signing.Key}, and {silent.Agent} did not answer", "'git commit -S' may fail until it does.")
            : Finding.Problem(
                Name, $"no live agent holds {signing.Key}", $"'git commit -S' fails. Add the key, {fingerprint}, on your laptop.", "ssh-add");
    }
}
