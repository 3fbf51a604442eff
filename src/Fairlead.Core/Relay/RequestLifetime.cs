using Fairlead.Core.Watching;

namespace Fairlead.Core.Relay;

/// <summary>One request, from its arrival to its answer: whether somebody still waits for it, and its watchers.</summary>
/// <param name="Ended">
/// Cancelled once, on the loop's thread, when nobody waits any more. All work in progress for the request sees it and ends; no other agent
/// is asked.
/// </param>
/// <param name="Watched">Null while nobody watches.</param>
internal readonly record struct RequestLifetime(CancellationToken Ended, WatchedRequest? Watched = null)
{
    /// <summary>Nobody waits for the answer any more.</summary>
    public bool HasEnded => Ended.IsCancellationRequested;
}
