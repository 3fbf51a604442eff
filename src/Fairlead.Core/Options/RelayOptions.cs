namespace Fairlead.Core.Options;

/// <summary>The relay's settings; read again for each request, so that a change takes effect at once.</summary>
internal sealed class RelayOptions
{
    /// <summary>
    /// Conversations at one time, unless the configuration says otherwise: a login has a handful, and each costs two descriptors.
    /// </summary>
    public const int UsualConversations = 4096;

    /// <summary>How long a question to the person waits for its answer, unless the configuration says otherwise.</summary>
    public static readonly TimeSpan UsualAskTime = TimeSpan.FromSeconds(90);

    /// <summary>
    /// At this number, a new client takes the place of one that has asked nothing yet; if there is none, fairlead hangs up on the new
    /// client.
    /// </summary>
    public int MaxConversations { get; set; } = UsualConversations;

    public AgentTimeouts AgentTimeouts { get; set; } = new();

    /// <summary>How long a request is held while there is no agent.</summary>
    public HoldTimeouts HoldTimeouts { get; set; } = new();

    /// <summary>How long a question to the person waits for its answer.</summary>
    public TimeSpan AskTime { get; set; } = UsualAskTime;

    /// <summary>
    /// A list holds the keys of all agents, not those of the leading one. Servers give up after six keys (MaxAuthTries, sshd_config(5)).
    /// </summary>
    public bool MergesKeys { get; set; }

    /// <summary>Hosts that were reached with <c>ssh -A</c> may add, remove and lock keys here.</summary>
    public bool AllowsForwardedChanges { get; set; }
}
