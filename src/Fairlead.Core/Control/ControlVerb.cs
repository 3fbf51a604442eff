using System.Text.Json.Serialization;

namespace Fairlead.Core.Control;

/// <summary>What a command can ask of the daemon.</summary>
internal enum ControlVerb
{
    /// <summary>Which agent answers the asking process, and all agents and logins.</summary>
    [JsonStringEnumMemberName("status")]
    Status,

    /// <summary>The keys of each live agent.</summary>
    [JsonStringEnumMemberName("list")]
    List,

    /// <summary>How the route of a process came about.</summary>
    [JsonStringEnumMemberName("why")]
    Why,

    /// <summary>The variables of the login at whose terminal the asking process is shown.</summary>
    [JsonStringEnumMemberName("env")]
    Environment,

    /// <summary>One agent answers everybody.</summary>
    [JsonStringEnumMemberName("pin")]
    Pin,

    /// <summary>Takes that back.</summary>
    [JsonStringEnumMemberName("unpin")]
    Unpin,

    /// <summary>The reply comes when an agent answers the asking process, or when its time is over. Hanging up ends it.</summary>
    [JsonStringEnumMemberName("wait")]
    Wait,

    /// <summary>An empty reply, then one for each request as it passes, until either side hangs up.</summary>
    [JsonStringEnumMemberName("events")]
    Events,

    /// <summary>A login names its own agent's socket, and asks whether it can be used.</summary>
    [JsonStringEnumMemberName("register")]
    Register,

    /// <summary>Hand over to a new process of the program that is on disk now.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,

    /// <summary>End, leaving nothing behind.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,
}
