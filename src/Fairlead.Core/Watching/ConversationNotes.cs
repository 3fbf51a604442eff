using Fairlead.Core.Callers;

namespace Fairlead.Core.Watching;

/// <summary>
/// What helps a person to understand the next request of a conversation: its caller, and the names of the keys that were listed.
/// </summary>
/// <param name="caller">A reading in progress, because the caller may be gone when its request ends.</param>
internal sealed class ConversationNotes(Task<CallerSketch> caller)
{
    public Task<CallerSketch> Caller => caller;

    /// <summary>Of keys that were listed while somebody watched.</summary>
    public KeyComments Comments { get; } = new();
}
