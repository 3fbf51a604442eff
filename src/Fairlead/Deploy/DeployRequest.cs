namespace Fairlead.Deploy;

/// <summary>What was asked of <c>fairlead deploy</c>.</summary>
internal sealed record DeployRequest
{
    public const string UsualPrefix = ".local";

    public const int UsualJobs = 8;

    /// <summary>Longer than a server gives a login (sshd_config(5), LoginGraceTime), in which an agent may ask its person.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(150);

    public required DeployTask Task { get; init; }

    /// <summary>Where fairlead goes: its <c>bin</c> gets the program. Relative to the home there, or absolute.</summary>
    public string Prefix { get; init; } = UsualPrefix;

    /// <summary>systemd is to listen there.</summary>
    public bool WithSystemd { get; init; }

    /// <summary>A newer fairlead is replaced, and one is put beside that of a package.</summary>
    public bool Force { get; init; }

    /// <summary>Hosts at the same time.</summary>
    public int Jobs { get; init; } = UsualJobs;

    /// <summary>How long a host may say nothing.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>An absolute path; null for the person's own ssh_config.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>As a person would type it.</summary>
    public string Target => Prefix.StartsWith('/') ? $"{Prefix}/bin/fairlead" : $"~/{Prefix}/bin/fairlead";

    /// <summary>The word for <c>fairlead setup</c> there; empty for none.</summary>
    public string SetupOption => WithSystemd ? "--systemd" : "";
}

/// <summary>What is done with each host.</summary>
internal enum DeployTask
{
    Install,

    /// <summary>Looks, and changes nothing.</summary>
    Check,

    Undo,

    /// <summary>Looks at what <see cref="Undo"/> would do, and changes nothing.</summary>
    CheckUndo,
}
