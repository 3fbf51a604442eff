using System.Runtime.CompilerServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;
using Fairlead.Core.Probing;
using Fairlead.Core.Routing;
using Fairlead.Core.Watching;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>One connection to one agent, for one conversation: never pooled, never shared. Requests go one at a time.</summary>
/// <remarks>
/// Each wait has an end: the agent's answer, its patience (<see cref="Patience"/>), or that of the request (<see cref="RequestLifetime"/>).
/// An answer that nothing waits for any more stays owed (<see cref="LateReply"/>), except to a request for which the agent may ask a
/// person: the client has hung up, so the question is withdrawn.
/// </remarks>
internal sealed class Upstream(
    RouteStep step, UpstreamPreamble preamble, EventLoop loop, AgentConnector connector, LoopDetector detector, ReachReader reader, AgentTimeouts timeouts) : IDisposable
{
    private static readonly Action<object?> Interrupt = upstream => ((Upstream)upstream!).EndWait();

    private readonly LoopSignal turn = new();
    private FrameStream? frames;
    private LoopProbe? preface;
    private Patience? patience;
    private bool isOutOfPatience;
    private int bindsSent;

    public RouteStep Step => step;

    public Agent Agent => step.Agent;

    /// <summary>
    /// It can take another request: the agent is there, and has sent nothing unasked. (ssh-agent 10.3 answers a query twice; the second
    /// answer would be taken for the next one.)
    /// </summary>
    public bool IsReusable => frames is not null && !Health.IsStalled && (preface is not null || frames.IsQuiet);

    /// <summary>It has said that it leads back to where the conversation has been: it is there, but cannot serve this one.</summary>
    public bool LeadsBack { get; private set; }

    /// <summary>Nothing waits any more for its answer to a request that a person may be looking at, so its result is not known.</summary>
    public bool IsWithPerson { get; private set; }

    /// <summary>
    /// Called when another agent should be asked, while the wait for this one continues: it is out of reach, or its time is up although it
    /// is awake. Null if no other agent can answer the same question.
    /// </summary>
    public Action? BecameLate { get; set; }

    /// <summary>
    /// Wait for an agent that is awake, which may ask its person before it answers. Never for a bind: ssh sends one before it passes
    /// anything on, and blocks until it is answered, so in a circle of hosts each would wait for the other.
    /// </summary>
    public bool MayAskPerson { get; set; }

    /// <summary>A part of its answer has arrived, and the rest may arrive in time.</summary>
    public bool IsAnswering => patience is { HasBegun: true, IsOver: false };

    private AgentHealth Health => step.Agent.Health;

    /// <summary>Connects. False when the agent is dead, late, stalled, or must not be used, and when the request has ended.</summary>
    public async ValueTask<bool> OpenAsync(RequestLifetime lifetime)
    {
        using CancellationTokenRegistration end = lifetime.Ended.UnsafeRegister(Interrupt, this);
        if (!await WaitForTurnAsync(lifetime))
        {
            return false;
        }

        if (Health.IsStalled)
        {
            detector.AskAgainWhenDue(Agent); // this request does not wait for it
            return false;
        }

        if (!await EnsureProbedAsync(lifetime))
        {
            return false;
        }

        (_, UnixStream? stream) = await connector.ConnectAsync(Agent, lifetime.Ended);
        if (stream is not null)
        {
            frames = new FrameStream(stream);
        }

        return frames is not null && !lifetime.HasEnded && await PrefaceAsync();
    }

    /// <summary>Sends the binds that this connection has not seen, then the request.</summary>
    /// <returns>The agent's answer, or null when the connection or the agent's patience ended first.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Frame?> ExchangeAsync(ReadOnlyMemory<byte> request, RequestKind kind, RequestLifetime lifetime)
    {
        (bool lives, Frame? lastAnswer) = await SendBindsAsync(lifetime);
        lastAnswer?.Dispose();
        Frame? answer = lives ? await SendAndReceiveAsync(request, kind, lifetime) : null;
        lifetime.Watched?.Note(new Attempt(step, kind, answer?.Type));
        return answer;
    }

    /// <summary>
    /// Sends the binds that this connection has not seen. An agent that refuses one is still used, as OpenSSH's own client does.
    /// </summary>
    /// <returns>Whether the connection lives, and the answer to the last of them.</returns>
    public async ValueTask<(bool Lives, Frame? LastAnswer)> SendBindsAsync(RequestLifetime lifetime)
    {
        Frame? answer = null;
        while (bindsSent < preamble.Binds.Count)
        {
            answer?.Dispose();
            answer = await SendAndReceiveAsync(preamble.Binds[bindsSent], RequestKind.Bind, lifetime);
            if (answer is null)
            {
                return (false, null);
            }

            bindsSent++; // only now: a bind that got no turn has not been sent, and nothing may go before it
        }

        return (true, answer);
    }

    /// <summary>Waits for another fairlead's answer about where the conversation has been.</summary>
    /// <returns>Whether it may be used: it does not lead back.</returns>
    public async ValueTask<bool> HearPrefaceAsync(RequestLifetime lifetime)
    {
        if (preface is null)
        {
            return true;
        }

        using CancellationTokenRegistration end = lifetime.Ended.UnsafeRegister(Interrupt, this);
        BeginPatience();
        bool goesOn = await ReadPrefaceAsync();
        if (!goesOn && (lifetime.HasEnded || isOutOfPatience))
        {
            LeaveOwed(timeouts.Awake);
        }

        EndPatience();
        return goesOn;
    }

    /// <summary>Another agent has answered in this one's place: this one is stalled from now on, until it answers.</summary>
    public void PassOver()
    {
        Agent.FirstContact?.PassOver?.Invoke();
        patience?.Finish();
    }

    public void Dispose()
    {
        frames?.Dispose();
        preface?.Dispose();
        patience?.Dispose();
    }

    /// <summary>While the agent asks a person for another request, it gets nothing new.</summary>
    /// <returns>False if it took too long, or the request has ended.</returns>
    private async ValueTask<bool> WaitForTurnAsync(RequestLifetime lifetime)
    {
        if (!Health.IsBusy)
        {
            return !lifetime.HasEnded;
        }

        bool isOver = false;
        using LoopTimer timer = loop.Schedule(timeouts.Busy, () =>
        {
            isOver = true;
            turn.Raise(Wake.TimedOut);
        });
        while (Health.IsBusy && !isOver && !lifetime.HasEnded)
        {
            Health.Enqueue(turn);
            await turn.WaitAsync();
            Health.Leave(turn);
        }

        return !isOver && !lifetime.HasEnded;
    }

    /// <summary>
    /// Before an agent's first use, fairlead makes sure that it does not lead back to us. A conversation of another fairlead does so with
    /// its own preface: if both waited for their first contact through each other, neither would ever end.
    /// </summary>
    private async ValueTask<bool> EnsureProbedAsync(RequestLifetime lifetime)
    {
        if (preamble.Visited.Count is > 0 and < TraceExtension.MaxInstances)
        {
            return Agent.IsUsable;
        }

        FirstContact contact = detector.Probe(Agent);
        if (contact.AnsweredOrLate.Subscribe(turn))
        {
            await turn.WaitAsync();
        }

        if (BecameLate is not null && MayAskPerson && !lifetime.HasEnded && contact.AnsweredOrStalled.Subscribe(turn))
        {
            BecameLate();
            await turn.WaitAsync();
        }

        return Agent is { IsProbed: true, IsUsable: true } && !Health.IsStalled && !lifetime.HasEnded;
    }

    /// <summary>
    /// Tells another fairlead where the conversation has been. Its reply is read with the first answer, which saves a round trip over a
    /// slow line.
    /// </summary>
    private async ValueTask<bool> PrefaceAsync()
    {
        if (Agent is { IsProbed: true, InstanceId: null })
        {
            return true;
        }

        preface = detector.Begin(Agent, preamble.Visited, preamble.Token);
        return preface is not null && await frames!.SendAsync(preface.Request) >= 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame?> SendAndReceiveAsync(ReadOnlyMemory<byte> request, RequestKind kind, RequestLifetime lifetime)
    {
        using CancellationTokenRegistration end = lifetime.Ended.UnsafeRegister(Interrupt, this);
        if (!await WaitForTurnAsync(lifetime) || frames is null || Health.IsStalled)
        {
            return null;
        }

        return Request.AsksPerson(kind) ? await AskPersonAsync(request, kind, lifetime) : await AskAgentAsync(request, kind, lifetime);
    }

    /// <summary>A request that the agent normally answers by itself.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame?> AskAgentAsync(ReadOnlyMemory<byte> request, RequestKind kind, RequestLifetime lifetime)
    {
        long asked = loop.Time.GetTimestamp();
        Patience waiting = BeginPatience();
        Frame? answer = await SendAsync(request) ? await ReceiveAsync() : null;
        if (answer is null && frames is not null && (lifetime.HasEnded || isOutOfPatience))
        {
            LeaveOwed(timeouts.Awake);
        }
        else if (answer is not null)
        {
            Health.Heard = loop.Time.GetTimestamp();
            NoteList(kind, answer);
            if (!waiting.IsLate)
            {
                // Only an answer in time: how long it slept, or its person took, says nothing about the time of its answers.
                Health.NoteAnswer(loop.Time.GetElapsedTime(asked));
            }
        }

        EndPatience();
        return answer;
    }

    /// <summary>To a connection with binds it lists only the keys that are allowed there (OpenSSH ssh-agent.c, identity_permitted).</summary>
    private void NoteList(RequestKind kind, Frame answer)
    {
        Health.HasListed |= kind == RequestKind.List;
        if (kind == RequestKind.List && bindsSent == 0)
        {
            Agent.Keys = KeyList.After(Agent.Keys, answer.Message);
        }
    }

    /// <summary>A request for which a person may be asked. Nobody may be asked any more when the client has hung up: then the connection is closed.</summary>
    private async ValueTask<Frame?> AskPersonAsync(ReadOnlyMemory<byte> request, RequestKind kind, RequestLifetime lifetime)
    {
        var interactive = new InteractiveRequest(loop, Health, isUnattended: Health.Unattended.Contains(KeyOf(request)));
        long asked = loop.Time.GetTimestamp();
        using LoopTimer timer = loop.Schedule(timeouts.Person, GiveUp);
        Frame? answer = await SendAsync(request) ? await ReceiveAsync() : null;
        if (answer is null && frames is not null && isOutOfPatience && !lifetime.HasEnded)
        {
            IsWithPerson = true;
            LeaveOwed(timeouts.Person);
        }
        else if (answer is null)
        {
            Drop();
        }

        if (kind == RequestKind.Sign && !lifetime.HasEnded)
        {
            NoteSignature(request, answer, loop.Time.GetElapsedTime(asked));
        }

        interactive.End(); // last: the waiter continues at once
        return answer;
    }

    /// <summary>False if it was cut off in the middle: then the agent owes no answer.</summary>
    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> request)
    {
        if (await frames!.SendAsync(request) >= 0)
        {
            return true;
        }

        Drop();
        return false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame?> ReceiveAsync() => await ReadPrefaceAsync() ? await frames!.ReadAsync() : null;

    private async ValueTask<bool> ReadPrefaceAsync()
    {
        if (preface is null)
        {
            return true;
        }

        using LoopProbe probe = preface;
        using Frame? reply = await frames!.ReadAsync();
        preface = null;
        if (reply is null)
        {
            _ = detector.Probe(Agent); // some agents hang up on a question that they do not know
        }

        LeadsBack = reply is not null && !probe.Read(reply);
        return reply is not null && !LeadsBack;
    }

    /// <summary>Nothing waits any more for the request in progress.</summary>
    private void EndWait()
    {
        turn.Raise(Wake.Closed);
        frames?.Stream.Cancel();
    }

    private void GiveUp()
    {
        isOutOfPatience = true;
        frames?.Stream.Cancel();
    }

    private Patience BeginPatience()
    {
        patience = new Patience(loop, reader, timeouts, Agent, timeouts.AnswerOf(Health.Usual))
        {
            OutlastsAwake = BecameLate is not null && MayAskPerson,
            Late = BecameLate,
            Over = GiveUp,
        };
        frames!.Progressed = patience.NoteProgress;
        return patience.Begin();
    }

    private void EndPatience()
    {
        patience?.Dispose();
        patience = null;
    }

    /// <summary>Leaves the request in progress to itself, with the rest of the agent's patience.</summary>
    /// <param name="untilAskedAgain">The longest time that such an answer may take.</param>
    private void LeaveOwed(TimeSpan untilAskedAgain)
    {
        loop.Observe(new LateReply(Health, frames!, untilAskedAgain, loop.Time).AwaitAsync(patience));
        patience = null;
        frames = null;
    }

    private void Drop()
    {
        frames?.Dispose();
        frames = null;
    }

    private void NoteSignature(ReadOnlyMemory<byte> request, Frame? answer, TimeSpan elapsed)
    {
        bool isSigned = answer?.Type == AgentMessageType.SSH_AGENT_SIGN_RESPONSE;
        Health.Unattended.Note(KeyOf(request), isSigned && elapsed < Health.Usual + UnattendedKeys.Margin);
    }

    /// <summary>The key to sign with; nothing for other requests.</summary>
    private static ReadOnlySpan<byte> KeyOf(ReadOnlyMemory<byte> request) =>
        SignRequest.TryRead(request.Span[AgentFrame.HeaderLength..], out SignRequest sign) ? sign.KeyBlob : [];
}
