using Fairlead.Files;
using Fairlead.Ssh;

namespace Fairlead.Doctor;

/// <summary>What OpenSSH was told about agents.</summary>
internal sealed record SshFacts
{
    /// <summary>In ssh's configuration: IdentityAgent, but not where it names fairlead or the variable.</summary>
    public required IReadOnlyList<SshDirective> IdentityAgents { get; init; }

    /// <summary>In ssh's configuration: IdentitiesOnly, where no key file is here that it allows.</summary>
    public IReadOnlyList<MissingIdentity> MissingIdentities { get; init; } = [];

    /// <summary>In sshd's configuration, as far as it may be read: what forbids to forward agents.</summary>
    public required IReadOnlyList<SshDirective> Forbidden { get; init; }

    /// <summary>Lines of ~/.ssh/authorized_keys that forbid it.</summary>
    public required IReadOnlyList<FileLine> RestrictedKeys { get; init; }
}
