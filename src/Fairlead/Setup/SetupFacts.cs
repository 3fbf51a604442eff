using Fairlead.Core.Linux.Files;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>All that the plan depends on.</summary>
internal sealed record SetupFacts
{
    public required RcPaths Paths { get; init; }

    /// <summary>The name of the program that SHELL names: "bash", "ksh93".</summary>
    public required string LoginShell { get; init; }

    /// <summary>The absolute path of fairlead.</summary>
    public required string Program { get; init; }

    /// <summary>Those of it that are there, with those for other architectures and the former one.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The program is the person's own, below their home.</summary>
    public bool ProgramIsInHome { get; init; }

    /// <summary>The manual and the completions of this program.</summary>
    public IReadOnlyList<SharedFile> Shared { get; init; } = [];

    /// <summary>Where setup may have put some at any time.</summary>
    public IReadOnlyList<string> KnownShared { get; init; } = [];

    /// <summary>What is at the paths that setup knows, by path; those where nothing is are not in it.</summary>
    public required IReadOnlyDictionary<string, RcText> Files { get; init; }

    /// <summary>Where the PATH of this moment finds fairlead; null where it does not.</summary>
    public string? Found { get; init; }

    /// <summary>What the next login will have; null when the login shell was not asked, or gave no answer.</summary>
    public NextLogin? NextLogin { get; init; }

    public bool HasFishFolder { get; init; }

    /// <summary>fairlead's sockets; null when no place is fit for them.</summary>
    public string? Socket { get; init; }

    public string? Control { get; init; }

    /// <summary>Why there is no socket.</summary>
    public Failure? NoPlace { get; init; }

    /// <summary>The folder of the person's own units.</summary>
    public string Units => $"{Paths.Configs}/systemd/user";

    /// <summary>A systemd of the person runs and answers.</summary>
    public bool SystemdRuns { get; init; }

    /// <summary>systemd listens for fairlead already.</summary>
    public bool SystemdListens { get; init; }

    /// <summary>The path that --link names.</summary>
    public LinkFacts? Link { get; init; }

    /// <summary>The links that an earlier setup made.</summary>
    public IReadOnlyList<LinkFacts> MadeLinks { get; init; } = [];

    /// <summary>Where those links are listed.</summary>
    public IReadOnlyList<string> LinkLists { get; init; } = [];

    /// <summary>What daemons have left, for the way back.</summary>
    public IReadOnlyList<DaemonFiles> DaemonFiles { get; init; } = [];

    /// <summary>The person's configuration, for the way back; null where there is none.</summary>
    public string? Configuration { get; init; }

    /// <summary>The pids of the daemons that run.</summary>
    public IReadOnlyList<int> Daemons { get; init; } = [];
}

/// <summary>What is at a path where a link to the socket is, or is to be.</summary>
/// <param name="Kind">Null when nothing is there.</param>
/// <param name="Target">Where a link leads, as it says itself.</param>
internal sealed record LinkFacts(string Path, FileKind? Kind, string? Target = null);
