using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>Tells who watches of each request: at its end, and when it is held. While nobody does it costs nothing. Belongs to the loop.</summary>
internal sealed class RequestFeed(BlockingWorker worker, RelayOptions options)
{
    /// <summary>A stuck /proc costs the name of the caller, and nobody else anything.</summary>
    private static readonly TimeSpan FactDeadline = TimeSpan.FromMilliseconds(250);

    public EventLoop Loop => worker.Loop;

    public RelayOptions Options => options;

    /// <summary>Called for each; null while nobody watches.</summary>
    public Action<RequestRecord>? Published { get; set; }

    /// <returns>Null when nobody watches, and for what a person did not ask for: binds, and the search for loops.</returns>
    public WatchedRequest? Begin(Frame request, CallerIdentity caller, RequestHandler handler)
    {
        if (Published is null || Request.KindOf(request.Message) is RequestKind.Bind or RequestKind.Trace)
        {
            return null;
        }

        UpstreamPreamble told = handler.Preamble;
        told.Notes ??= new ConversationNotes(SketchAsync(caller));
        return told.Watched = new WatchedRequest(this, handler, told.Notes, request);
    }

    private async Task<CallerSketch> SketchAsync(CallerIdentity caller) =>
        await worker.RunAsync(() => CallerSketch.Read(caller), FactDeadline) ?? new CallerSketch(caller.Pid);
}
