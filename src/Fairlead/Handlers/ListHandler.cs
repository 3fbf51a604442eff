using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Protocol;

namespace Fairlead.Handlers;

/// <summary>Lists the keys of every agent.</summary>
internal sealed class ListHandler(EventLoop loop, RoutePlanner planner, UpstreamOpener opener) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.List;

    public bool OnlyReports => true;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        IReadOnlyList<AgentFacts> known = await planner.UsableAsync();
        Decision decision = await planner.DecideAsync(new CallerIdentity(client.Peer.Pid, BootClock.Ticks));

        // All at once: a silent agent costs its patience, and the person should not pay for each of them.
        AgentFacts[] all = [.. known.DistinctBy(agent => agent.Agent)];
        IReadOnlyList<KeyReport>?[] lists = await Task.WhenAll(all.Select(agent => ListAsync(agent).AsTask()));
        var laptops = new Laptops(known); // by the keys that they have just listed
        return new ControlReply { List = new ListReport { Agents = [.. all.Zip(lists, (agent, keys) => Describe(agent, Shown(keys, decision), laptops))] } };
    }

    /// <summary>A program sees no more by this command than by ssh-add -l.</summary>
    private static KeyReport[]? Shown(IReadOnlyList<KeyReport>? keys, Decision decision) =>
        decision.IsDenial && keys is not null ? [] : keys?.Where(key => decision.Shows(key.Fingerprint)).ToArray();

    private static AgentKeysReport Describe(AgentFacts known, IReadOnlyList<KeyReport>? keys, Laptops laptops) => new()
    {
        Agent = AgentName.Of(known.Agent, known.Login),
        Laptop = laptops.NameOf(known.Agent),
        Answered = keys is not null,
        Keys = keys ?? [],
    };

    private async ValueTask<IReadOnlyList<KeyReport>?> ListAsync(AgentFacts known)
    {
        using Upstream upstream = opener.Prepare(new RouteStep(known.Agent, known.Login, RouteReason.MostRecentlyTyped), new UpstreamPreamble());
        using var over = new CancellationTokenSource();
        using LoopTimer timer = loop.Schedule(DryRun.Limit, over.Cancel);
        var lifetime = new RequestLifetime(over.Token);
        using Frame? answer = await upstream.OpenAsync(lifetime) ? await upstream.ExchangeAsync(AgentFrame.ListRequest, RequestKind.List, lifetime) : null;
        return answer is null ? null : KeyReports.Read(answer.Message);
    }
}
