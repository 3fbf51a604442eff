namespace Fairlead.Core.Agents;

/// <summary>A place where agents' sockets are looked for: a folder, or one path that was named.</summary>
internal interface ISocketFinder
{
    /// <summary>Looking there may wait for another machine.</summary>
    bool MayBlock { get; }

    /// <summary>What was there when it was last looked at, unusable agents too.</summary>
    IReadOnlyList<Agent> Agents { get; }

    /// <summary>What is there and is not to be trusted, beside agents that say so themselves.</summary>
    IReadOnlyList<RefusedSocket> Refused { get; }

    /// <summary>Looks again. Not from two threads at once; the lists are replaced, never changed.</summary>
    /// <returns>Whether they were replaced.</returns>
    bool Refresh();
}
