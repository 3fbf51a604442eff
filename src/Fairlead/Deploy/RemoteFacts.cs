using System.Globalization;
using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>What a host has said of itself, line by line, before it is told what to do.</summary>
internal sealed record RemoteFacts
{
    /// <summary>As <c>uname -s</c> has it.</summary>
    public string System { get; private init; } = "";

    /// <summary>As <c>uname -m</c> has it.</summary>
    public string Machine { get; private init; } = "";

    public bool HasHome { get; private init; } = true;

    /// <summary>Where fairlead is, or will be.</summary>
    public string Target { get; private init; } = "";

    /// <summary>What is at <see cref="Target"/>: "none", "link", "launcher", "other", or the architecture of a fairlead.</summary>
    public string Shown { get; private init; } = "none";

    /// <summary>The same for the program of the host's own architecture, which is elsewhere in a home that hosts of several architectures share.</summary>
    public string Seen { get; private init; } = "none";

    /// <summary>SHA-256 of that program, in hexadecimal digits; "-" where there is none.</summary>
    public string Digest { get; private init; } = "-";

    /// <summary>What that program says its version is; null where it says nothing.</summary>
    public string? Number { get; private init; }

    /// <summary>What <c>--undo</c> would bring back: "none" where nothing was noted, "nothing", or "program".</summary>
    public string Kept { get; private init; } = "none";

    /// <summary>A fairlead that somebody else than the person has installed.</summary>
    public (string Path, string Number)? Package { get; private init; }

    /// <summary>Why no program can be put there; null where one can.</summary>
    public HostFault? Obstacle { get; private init; }

    /// <summary>KiB; null where the host does not say.</summary>
    public long? Free { get; private init; }

    /// <param name="word">The first word of an answer.</param>
    /// <param name="rest">All that follows it.</param>
    public RemoteFacts With(string word, string rest)
    {
        string[] words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (word, words) switch
        {
            ("host", [var system, var machine, ..]) => this with { System = system, Machine = machine },
            ("home", _) => this with { HasHome = false },
            ("shown", [var kind, _, ..]) => this with { Shown = kind, Target = rest[(kind.Length + 1)..] },
            ("seen", [var kind, var digest, .. var number]) => this with { Seen = kind, Digest = digest, Number = Text(number) },
            ("kept", [var kept]) => this with { Kept = kept },
            ("package", [var path, .. var number]) => this with { Package = (path, Text(number) ?? "") },
            ("place", [var can, var free]) => this with
            {
                Obstacle = ObstacleOf(can),
                Free = long.TryParse(free, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes : null,
            },
            _ => this,
        };
    }

    private static string? Text(string[] words) => words.Length == 0 ? null : string.Join(' ', words);

    private static HostFault? ObstacleOf(string can) => can switch
    {
        "yes" => null,
        "read-only" => HostFault.ReadOnly,
        "full" => HostFault.Full,
        "noexec" => HostFault.NoExec,
        _ => HostFault.NotWritable,
    };
}
