namespace Fairlead.Core.Agents;

/// <summary>A place to look for agents' sockets: a folder, or one path from the configuration or a login.</summary>
internal interface ISocketFinder
{
    /// <summary>A look there may wait for another machine.</summary>
    bool MayBlock { get; }

    /// <summary>The agents of the most recent look, including unusable ones.</summary>
    IReadOnlyList<Agent> Agents { get; }

    /// <summary>The untrusted sockets there, beside agents that say so themselves.</summary>
    IReadOnlyList<RefusedSocket> Refused { get; }

    /// <summary>Looks again. Not from two threads at once; the lists are replaced, never changed.</summary>
    /// <returns>Whether they were replaced.</returns>
    bool Refresh();
}
