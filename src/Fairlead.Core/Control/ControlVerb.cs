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

    /// <summary>The variables of the login whose terminal shows the asking process.</summary>
    [JsonStringEnumMemberName("env")]
    Environment,

    /// <summary>One agent answers everybody.</summary>
    [JsonStringEnumMemberName("pin")]
    Pin,

    /// <summary>Ends that.</summary>
    [JsonStringEnumMemberName("unpin")]
    Unpin,

    /// <summary>The reply comes when an agent answers the asking process, or when its time is over. Hanging up ends it.</summary>
    [JsonStringEnumMemberName("wait")]
    Wait,

    /// <summary>An empty reply, then one for each request as it passes, until either side hangs up.</summary>
    [JsonStringEnumMemberName("events")]
    Events,

    /// <summary>
    /// A question that waits for the person's answer, in one reply; then how it ended, in a second one. Only a reply without a question
    /// comes if none waits. Hanging up tells that the question is no longer shown here.
    /// </summary>
    [JsonStringEnumMemberName("question")]
    Question,

    /// <summary>The person's answer to the question that this process shows.</summary>
    [JsonStringEnumMemberName("verdict")]
    Verdict,

    /// <summary>Forget every yes that still holds.</summary>
    [JsonStringEnumMemberName("forget")]
    Forget,

    /// <summary>A login registers its own agent's socket, and asks whether the daemon can use it.</summary>
    [JsonStringEnumMemberName("register")]
    Register,

    /// <summary>Hand over to a new process of the program on disk.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,

    /// <summary>End, leaving nothing behind.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,
}
