using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// Adds keys of other agents to the list of the one that leads, and remembers which agent signs with which: one key that the caller's
/// command line names, and, where the configuration wants it, all of an agent (<c>role = "always"</c>) or of every agent.
/// </summary>
internal sealed class KeyLender(UpstreamOpener opener) : IDisposable
{
    private readonly List<(byte[] KeyBlob, Upstream Lender)> lent = [];
    private Upstream? asked;
    private bool isCancelled;

    /// <summary>The agent that signs with this key; null when it was not borrowed.</summary>
    public Upstream? LenderOf(ReadOnlySpan<byte> keyBlob)
    {
        foreach ((byte[] known, Upstream lender) in lent)
        {
            if (keyBlob.SequenceEqual(known))
            {
                return lender;
            }
        }

        return null;
    }

    /// <summary>An agent of the configuration that adds its keys to every list.</summary>
    public static bool IsAlwaysAsked(RouteStep step) => step.Agent.IsAlways;

    /// <summary>Appends keys of the agents behind the leader to its list. The first agent that has a key lends it.</summary>
    /// <param name="wanted">Which keys; null for all. Agents that are always asked add all of theirs.</param>
    public async ValueTask<Frame> ExtendAsync(Frame list, IEnumerable<RouteStep> others, IReadOnlyList<byte[]>? wanted, Introduction introduction)
    {
        var keys = new ListedKeys(list.Message);
        foreach (RouteStep step in others)
        {
            IReadOnlyList<byte[]>? wantedHere = IsAlwaysAsked(step) ? null : wanted;
            if (isCancelled || (wantedHere is not null && wantedHere.All(keys.Contains)))
            {
                continue;
            }

            Upstream lender = asked = opener.Prepare(step, introduction);
            using Frame? offer = await lender.OpenAsync() ? await lender.ExchangeAsync(Responder.ListRequest, RequestKind.List) : null;
            IReadOnlyList<byte[]> taken = offer is null ? [] : keys.Take(offer.Message, wantedHere);
            if (taken.Count == 0)
            {
                lender.Dispose();
            }

            lent.AddRange(taken.Select(key => (key, lender)));
        }

        if (lent.Count == 0)
        {
            return list;
        }

        list.Dispose();
        return Frame.Of(keys.ToFrame());
    }

    /// <summary>A new round begins: nothing is lent any more.</summary>
    public void TakeBack()
    {
        foreach ((_, Upstream lender) in lent)
        {
            lender.Dispose();
        }

        lent.Clear();
    }

    /// <summary>Nobody waits any more.</summary>
    public void Cancel()
    {
        isCancelled = true;
        asked?.Cancel();
        lent.ForEach(key => key.Lender.Cancel());
    }

    public void Dispose() => TakeBack();
}
