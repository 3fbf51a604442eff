using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Protocol;

namespace Fairlead.Core.Watching;

/// <summary>
/// Reports each request to watchers: at its end, and when it is held. Without watchers it costs nothing. Belongs to the loop.
/// </summary>
internal sealed class RequestFeed(BlockingWorker worker)
{
    /// <summary>A stuck /proc costs the name of the caller, and delays nobody else.</summary>
    private static readonly TimeSpan SketchTimeout = TimeSpan.FromMilliseconds(250);

    public EventLoop Loop => worker.Loop;

    /// <summary>Called for each; null while nobody watches.</summary>
    public Action<RequestRecord>? Published { get; set; }

    public bool IsWatched => Published is not null;

    /// <param name="hosts">
    /// What the request and the session-binds before it say: the server that the caller logs in to, and the server that asks.
    /// </param>
    /// <param name="notes">What is remembered of the conversation; made for its first request that is watched.</param>
    /// <returns>Null without watchers, and for requests that no person made: binds, and the search for loops.</returns>
    public WatchedRequest? Begin(Frame request, CallerIdentity caller, (BoundHost? Server, BoundHost? Asking) hosts, ref ConversationNotes? notes)
    {
        if (!IsWatched || Request.KindOf(request.Message) is RequestKind.Bind or RequestKind.Trace)
        {
            return null;
        }

        notes ??= new ConversationNotes(SketchAsync(caller));
        return new WatchedRequest(this, notes, request, hosts);
    }

    private async Task<CallerSketch> SketchAsync(CallerIdentity caller) =>
        await worker.RunAsync(() => CallerSketch.Read(caller), SketchTimeout) ?? new CallerSketch(caller.Pid);
}
