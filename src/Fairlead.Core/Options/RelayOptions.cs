namespace Fairlead.Core.Options;

/// <summary>What a person may set of the relaying; read anew for each request, so that a change holds at once.</summary>
internal sealed class RelayOptions
{
    /// <summary>Conversations at one time, unless a person says otherwise: a session has a handful, and each costs two descriptors.</summary>
    public const int UsualConversations = 4096;

    /// <summary>Who comes when so many are under way is hung up on.</summary>
    public int MaxConversations { get; set; } = UsualConversations;

    public AgentTimeouts AgentTimeouts { get; set; } = new();

    /// <summary>How long a request is held while there is no agent.</summary>
    public HoldTimeouts HoldTimeouts { get; set; } = new();

    /// <summary>A list holds the keys of all agents, not those of the leading one. Servers give up after six keys (MaxAuthTries, sshd_config(5)).</summary>
    public bool MergesKeys { get; set; }

    /// <summary>A host that was reached with <c>ssh -A</c> may add, remove and lock keys here.</summary>
    public bool AllowsForwardedChanges { get; set; }
}
