using Fairlead.Core.Control;

namespace Fairlead.Output.Overview;

/// <summary>What <c>fairlead watch</c> knows at a moment.</summary>
/// <param name="Status">Null before the first answer, and while no daemon answers.</param>
/// <param name="Requests">The latest first.</param>
internal sealed record WatchState(StatusReport? Status, IReadOnlyList<EventReport> Requests)
{
    /// <summary>More than any screen shows.</summary>
    private const int MaxRequests = 200;

    /// <summary>Why there is no status.</summary>
    public Failure? Failure { get; init; }

    public WatchState With(EventReport report) => this with { Requests = [report, .. Requests.Take(MaxRequests - 1)] };
}
