using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Settings;

/// <summary>What a person may set. Everything has a default; the file may be absent.</summary>
internal sealed record Configuration
{
    /// <summary>The file that was read; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>Where the agent socket shall be; null for the usual place.</summary>
    public string? Socket { get; init; }

    /// <summary>Where agents are looked for; each folder is read in both layouts of OpenSSH.</summary>
    public required IReadOnlyList<string> DiscoveryFolders { get; init; }

    public IReadOnlyList<ConfiguredAgent> Agents { get; init; } = [];

    /// <summary>What the person calls their laptops.</summary>
    public IReadOnlyList<NamedLaptop> Laptops { get; init; } = [];

    /// <summary>How far a choice may go when nothing tells where the person sits.</summary>
    public FallbackMode Fallback { get; init; }

    /// <summary>A list holds the keys of all agents (<c>keys = "all"</c>), not those of the leading one.</summary>
    public bool MergesKeys { get; init; }

    /// <summary>Hosts reached with <c>ssh -A</c> may add, remove and lock keys.</summary>
    public bool AllowsForwardedChanges { get; init; }

    /// <summary>How long agents are waited for.</summary>
    public AgentTimeouts AgentTimeouts { get; init; } = new();

    /// <summary>How long a request is held while there is no agent.</summary>
    public HoldTimeouts HoldTimeouts { get; init; } = new();

    /// <summary>The daemon stays when the last other process of its person has ended.</summary>
    public bool Stays { get; init; }

    /// <summary>Conversations at one time.</summary>
    public int Conversations { get; init; } = RelayOptions.UsualConversations;

    /// <summary>Agent paths that are gone and that programs still name are listened at again.</summary>
    public bool HealsOldPaths { get; init; } = true;

    /// <summary>How long a question before a signature waits for its answer.</summary>
    public TimeSpan AskTime { get; init; } = RelayOptions.UsualAskTime;

    /// <summary>Where requests are written down: "journal", or a file's path; null for nowhere.</summary>
    public string? LogTo { get; init; }

    /// <summary>What <c>fairlead env</c> takes from the login at whose terminal the person sits.</summary>
    public IReadOnlyList<string> Variables { get; init; } =
        ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "KRB5CCNAME"];

    /// <summary>Who is answered by whom, whatever the other rules find; the first that holds decides.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>The file's line for each key that it sets; keys that are not here have their default.</summary>
    public IReadOnlyDictionary<string, int> Lines { get; init; } = new Dictionary<string, int>();

    /// <summary>The configuration of a person who has no file.</summary>
    public static Configuration Default(Surroundings around) => new()
    {
        DiscoveryFolders = around.Home is { } home ? [around.TemporaryFolder, $"{home}/.ssh/agent"] : [around.TemporaryFolder],
    };
}
