using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>One client of fairlead's socket: does what its step says, and has the law judge each answer.</summary>
/// <param name="own">The agent of the login that it runs in; null outside.</param>
/// <param name="next">The next step of the plan: what a conversation waits for that goes on while things happen.</param>
internal sealed class ChaosClient(
    Model model, RawClient client, ClientConversation conversation, ChaosStep step, ChaosAgent? own, Func<Task> next) : IDisposable
{
    private const int LongRequests = 12;
    private const int FloodRequests = 60;

    private readonly Random random = new(step.Seed);
    private Witness since = null!;
    private bool isFirst = true;
    private ChaosAgent? listedBy;

    public async Task Play()
    {
        model.Open(conversation);
        since = model.Watch(own);
        switch (step.Client)
        {
            case ClientKind.List:
                await List();
                break;
            case ClientKind.ListAndSign:
                await List();
                await Sign();
                break;
            case ClientKind.SignAtOnce:
                await Sign();
                break;
            case ClientKind.Bound:
                await Bind(isForwarding: false);
                await List();
                await Sign();
                break;
            case ClientKind.Forwarded:
                await PlayForwarded();
                break;
            case ClientKind.Long:
                await PlayLong();
                break;
            case ClientKind.Change:
                if (random.Next(2) == 0)
                {
                    await List();
                }
                await Change();
                break;
            case ClientKind.HalfClose:
                await PlayHalfClose();
                break;
            case ClientKind.Crumbs:
                await List(inCrumbs: true);
                break;
            default:
                await Misbehave();
                break;
        }
    }

    public void Dispose()
    {
        since?.Dispose();
        client.Dispose();
    }

    private async Task PlayForwarded()
    {
        await Bind(isForwarding: false);
        await Bind(isForwarding: true);
        for (int round = random.Next(3); round >= 0; round--)
        {
            await List();
            await next();
            await Sign();
        }
        await Change();
    }

    private async Task PlayLong()
    {
        for (int request = random.Next(LongRequests); request >= 0; request--)
        {
            await (random.Next(6) switch
            {
                0 => Bind(isForwarding: false),
                1 => Change(),
                2 or 3 => Sign(),
                _ => List(),
            });
            await next();
        }
    }

    private async Task PlayHalfClose()
    {
        int count = 1 + random.Next(5);
        using Witness witness = model.Watch(own);
        await client.Send(Enumerable.Repeat(Message.List, count).SelectMany(bytes => bytes).ToArray());
        client.EndSending();
        for (int answer = 0; answer < count; answer++)
        {
            byte[]? list = await Read();
            Judge(() => Law.OfList(witness, isForwarded: false, list, out _), witness);
        }
        if (await Read() is not null)
        {
            Judge(() => "more answers than requests", witness);
        }
    }

    /// <summary>Nobody is there for an answer, if one comes.</summary>
    private async Task Misbehave()
    {
        byte[] sign = ChaosMessage.Sign(ChaosAgent.KeyOfAll, conversation.NextData());
        switch (step.Client)
        {
            case ClientKind.LeaveEarly:
                await client.Send((byte[])[.. Message.List, .. random.Next(2) == 0 ? sign : []]);
                await (random.Next(2) == 0 ? next() : Task.CompletedTask);
                break;
            case ClientKind.LeaveInMessage:
                await client.Send(sign.AsMemory(0, 1 + random.Next(sign.Length - 1)));
                break;
            case ClientKind.NeverReads:
                await client.Send(Enumerable.Repeat(Message.List, FloodRequests).SelectMany(bytes => bytes).ToArray());
                await next();
                await next();
                break;
            case ClientKind.Garbage:
                byte[] garbage = new byte[1 + random.Next(200)];
                random.NextBytes(garbage);
                await client.Send(random.Next(2) == 0 ? garbage : [.. Message.Length(garbage.Length), .. garbage]);
                await next();
                break;
        }
    }

    private async Task List(bool inCrumbs = false)
    {
        since.Dispose();
        since = model.Watch(own);
        using Witness witness = model.Watch(own);
        if (inCrumbs)
        {
            foreach (byte crumb in Message.List)
            {
                await client.Send(new[] { crumb });
                await Task.Yield();
            }
        }
        else
        {
            await client.Send(Message.List);
        }
        byte[]? answer = await Read();
        Judge(() => Law.OfList(witness, conversation.IsForwarded, answer, out listedBy), witness);
        if (listedBy is not null)
        {
            model.NoteBack(listedBy, witness);
        }
    }

    private async Task Sign()
    {
        string key = step.KeyOf is int slot ? SomeKey(slot) : listedBy?.Keys[random.Next(listedBy.Keys.Count)] ?? ChaosAgent.KeyOfAll;
        string data = conversation.NextData();
        using Witness witness = model.Watch(own);
        byte[]? answer = await Ask(ChaosMessage.Sign(key, data));
        Judge(() => Law.OfSignature(witness, since, listedBy, conversation.IsForwarded, key, data, answer), witness);
    }

    private async Task Change()
    {
        string change = conversation.NextChange();
        using Witness witness = model.Watch(own);
        bool isAlone = isFirst;
        byte[]? answer = await Ask(ChaosMessage.Change(adds: random.Next(2) == 0, change));
        Judge(() => Law.OfChange(witness, since, listedBy, isAlone, conversation.IsForwarded, model.DeliveryOf(change), answer), witness);
    }

    private async Task Bind(bool isForwarding)
    {
        string session = conversation.NextSession();
        model.Bind(conversation, session, isForwarding);
        using Witness witness = model.Watch(own);
        byte[]? answer = await Ask(ChaosMessage.Bind(session, isForwarding));
        Judge(() => Law.OfBind(witness, answer), witness);
    }

    private static string SomeKey(int slot) => slot < ChaosPlan.Slots ? ChaosAgent.KeyOf(slot) : ChaosAgent.KeyOfAll;

    private async Task<byte[]?> Ask(byte[] request)
    {
        await client.Send(request);
        return await Read();
    }

    private async Task<byte[]?> Read() => await client.ReadFrame() is string answer ? Convert.FromHexString(answer) : null;

    private void Judge(Func<string?> law, Witness witness)
    {
        isFirst = false;
        model.Judge(law, fault => $"{conversation.Name} ({step}): {fault}\n  while {witness}\n  since its last list {since}");
    }
}
