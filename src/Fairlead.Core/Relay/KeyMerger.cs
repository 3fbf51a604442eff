using Fairlead.Core.Frames;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// Adds keys of other agents to the leader's list, and remembers which agent signs with which key: one key that the caller's command line
/// names, and, if the configuration says so, all keys of an agent (<c>role = "always"</c>) or of every agent.
/// </summary>
internal sealed class KeyMerger(UpstreamOpener opener) : IDisposable
{
    private readonly List<(byte[] KeyBlob, Upstream Lender)> lent = [];

    /// <summary>The agent that signs with this key; null if it was not borrowed.</summary>
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

    /// <summary>An agent in the configuration that adds its keys to every list.</summary>
    public static bool IsAlwaysAsked(RouteStep step) => step.Agent.IsAlways;

    /// <summary>
    /// Appends keys of the agents after the leader to its list. The first agent that has a key lends it. Agents that lend all of their keys
    /// are asked at once: however many are silent, that costs their patience once, and none of them that asks its person keeps anybody
    /// waiting.
    /// </summary>
    /// <param name="wanted">The keys to add; null for all. Agents that are always asked add all of theirs.</param>
    public async ValueTask<Frame> ExtendAsync(Frame list, IEnumerable<RouteStep> others, IReadOnlyList<byte[]>? wanted, UpstreamPreamble preamble, RequestLifetime lifetime)
    {
        var keys = new ListedKeys(list.Message);
        (Task<Frame?>? Begun, Upstream Lender)[] lenders =
        [
            .. from step in others
               let lendsAll = wanted is null || IsAlwaysAsked(step)
               where !lendsAll || !step.Agent.Health.IsBusy
               let lender = opener.Prepare(step, preamble)
               select (lendsAll ? AskAsync(lender, lifetime) : null, lender),
        ];
        foreach ((Task<Frame?>? begun, Upstream lender) in lenders)
        {
            IReadOnlyList<byte[]>? wantedHere = begun is null ? wanted : null;
            using Frame? offer = begun is not null ? await begun : wanted!.All(keys.Contains) ? null : await AskAsync(lender, lifetime);
            IReadOnlyList<byte[]> taken = offer is null ? [] : keys.Take(offer.Message, wantedHere is null ? null : key => wantedHere.Contains(key, KeyBlobComparer.Instance));
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

    /// <summary>A new listing begins: forgets all borrowed keys.</summary>
    public void TakeBack()
    {
        foreach ((_, Upstream lender) in lent)
        {
            lender.Dispose();
        }

        lent.Clear();
    }

    public void Dispose() => TakeBack();

    private static async Task<Frame?> AskAsync(Upstream lender, RequestLifetime lifetime)
    {
        lender.BecameLate = lender.PassOver; // there is already a list: do not wait for agents that may not answer
        return !lifetime.HasEnded && await lender.OpenAsync(lifetime)
            ? await lender.ExchangeAsync(AgentFrame.ListRequest, RequestKind.List, lifetime)
            : null;
    }
}
