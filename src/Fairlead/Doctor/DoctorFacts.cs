using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>All that the checks judge. Gathered once; the checks ask the machine nothing more.</summary>
internal sealed record DoctorFacts
{
    public required ShellFacts Shell { get; init; }

    public required LocationFacts Place { get; init; }

    public required DaemonFacts Daemon { get; init; }

    /// <summary>Those that this shell reads, in its order.</summary>
    public required IReadOnlyList<RcFile> RcFiles { get; init; }

    public required SshFacts Ssh { get; init; }

    /// <summary>Lines in the files of sshd, tmux and screen that give sessions another agent.</summary>
    public IReadOnlyList<SessionLine> SessionLines { get; init; } = [];

    /// <summary>Null where git uses the agent of this shell.</summary>
    public GitSshFacts? GitSsh { get; init; }

    /// <summary>Null outside tmux.</summary>
    public TmuxFacts? Tmux { get; init; }

    /// <summary>Processes of ours that were started with the path of an agent at which nobody listens any more.</summary>
    public required IReadOnlyList<StalePathProcess> OldProcesses { get; init; }

    /// <summary>The configuration has rules, or a log.</summary>
    public bool HasPolicy { get; init; }

    /// <summary>Rules that never hold.</summary>
    public IReadOnlyList<RuleDoubt> RuleDoubts { get; init; } = [];

    /// <summary>Null where git signs with no ssh key.</summary>
    public SigningFacts? Signing { get; init; }

    public required ProgramVersions Programs { get; init; }

    /// <summary>The person's names on this machine, and the name of the machine; empty where they cannot be told.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    public string Host { get; init; } = "";
}
