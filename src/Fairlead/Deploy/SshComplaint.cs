using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>What ssh's words on standard error mean, when it ended before the other host had answered (messages of OpenSSH 7 to 10).</summary>
internal static class SshComplaint
{
    private static readonly (string Words, HostFault Fault)[] Known =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", HostFault.HostKeyChanged),
        ("Host key verification failed", HostFault.HostKeyUnknown),
        ("Permission denied", HostFault.Denied),
        ("Too many authentication failures", HostFault.Denied),
        ("No supported authentication methods", HostFault.Denied),
        ("Connection refused", HostFault.NotReached),
        ("Could not resolve", HostFault.NotReached),

        // MaxStartups of sshd_config(5): what comes too fast is dropped, with or without a word.
        ("kex_exchange_identification", HostFault.TurnedAway),
        ("Exceeded MaxStartups", HostFault.TurnedAway),
        ("Not allowed at this time", HostFault.TurnedAway),
        ("Connection reset", HostFault.TurnedAway),
        ("Connection closed", HostFault.TurnedAway),
    ];

    public static HostFault Meaning(string said) =>
        Known.Where(known => said.Contains(known.Words, StringComparison.Ordinal)).Select(known => (HostFault?)known.Fault).FirstOrDefault() ?? HostFault.NotReached;
}
