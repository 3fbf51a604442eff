namespace Fairlead.EndToEnd.Chaos;

/// <summary>Which answers are right, from what happened while a request was under way. Each says what is wrong with one, or null.</summary>
internal static class Law
{
    /// <param name="by">The agent that listed.</param>
    public static string? OfList(Witness witness, bool isForwarded, byte[]? answer, out ChaosAgent? by)
    {
        by = null;
        List<ChaosAgent> mayAnswer = witness.MayAnswer;
        ChaosAgent? able = mayAnswer.LastOrDefault() is { } last && witness.IsAble(last) ? last : null;
        bool mayLie = isForwarded && mayAnswer.Exists(agent => witness.HasSeen(agent, Standing.Lying));
        switch (answer)
        {
            case null:
                return "the client was hung up on";
            case [ChaosMessage.Failure]:
                bool hasExcuse = isForwarded && mayAnswer.Exists(agent => agent != able);
                return able is null || hasExcuse ? null : $"nobody answered, and {able.Name} could";
            case [ChaosMessage.IdentitiesAnswer, 0, 0, 0, 0]:
                return mayAnswer.Exists(agent => witness.HasSeen(agent, Standing.Empty) && (able is null || isForwarded || witness.IsOwn(agent)))
                    ? null : "no keys, and nobody who may answer has none";
            case [ChaosMessage.IdentitiesAnswer, _, _, _, _, ..] when ChaosMessage.Texts(answer, 5) is { Count: > 1 } texts:
                by = witness.Find(texts[1]);
                return by is null ? $"keys of {texts[1]}, which was not there"
                    : isForwarded && witness.Before(by) is { } leader ? $"keys of {by.Name} for another host, and {leader.Name} leads"
                    : !mayAnswer.Contains(by) ? $"keys of {by.Name}, and {able?.Name} could answer"
                    : !texts.SequenceEqual(by.List) ? $"other keys than {by.Name} has: {string.Join(' ', texts)}"
                    : null;
            default:
                return mayLie ? null : $"no list: {Convert.ToHexString(answer)}";
        }
    }

    /// <param name="since">What happened since the list before it was asked for, or since the beginning.</param>
    /// <param name="listedBy">Who gave that list.</param>
    public static string? OfSignature(Witness witness, Witness since, ChaosAgent? listedBy, bool isForwarded, string key, string data, byte[]? answer)
    {
        ChaosAgent? certain = listedBy is not null && since.IsAble(listedBy) && listedBy.Keys.Contains(key) ? listedBy : null;
        bool mayLie = witness.HasSeen(Standing.Lying) || since.HasSeen(Standing.Lying);
        switch (answer)
        {
            case null:
                return "the client was hung up on";
            case [ChaosMessage.SignResponse, ..]
                when ChaosMessage.Texts(answer, 1) is [string words] && words.Split(' ') is [string name, string signed, string of]:
                ChaosAgent? by = witness.Find(name);
                return by is null ? $"a signature of {name}, which was not there"
                    : signed != key || of != data ? $"a signature of {of} with {signed}"
                    : certain is not null && by != certain ? $"a signature by {name}, and {certain.Name} listed the key"
                    : isForwarded && since.Before(by) is { } leader ? $"a signature by {name} for another host, and {leader.Name} leads"
                    : null;
            case [ChaosMessage.Failure]:
                return certain is not null ? $"no signature, and {certain.Name} listed the key"
                    : !isForwarded && IsHeldForCertain(witness, since, key) is { } holder && !mayLie ? $"no signature, and {holder.Name} has the key"
                    : null;
            default:
                return mayLie ? null : $"no signature: {Convert.ToHexString(answer)}";
        }
    }

    /// <param name="isFirst">Nothing was asked before it.</param>
    /// <param name="delivery">Whom it reached.</param>
    public static string? OfChange(
        Witness witness, Witness since, ChaosAgent? listedBy, bool isFirst, bool isForwarded, Delivery? delivery, byte[]? answer)
    {
        ChaosAgent? certain = listedBy is not null && since.IsAble(listedBy) ? listedBy
            : isFirst && witness.MayAnswer is [var only] && witness.IsAble(only) ? only : null;
        bool mayLie = witness.HasSeen(Standing.Lying) || since.HasSeen(Standing.Lying);
        return answer switch
        {
            null => "the client was hung up on",
            _ when isForwarded => delivery is not null ? $"a change from another host reached {delivery.Agent.Name}"
                : answer is [ChaosMessage.Failure] ? null : "a change from another host was not refused",
            _ when delivery is not null && certain is not null && delivery.Agent != certain => $"a change reached {delivery.Agent.Name}, not {certain.Name}",
            _ when delivery is not null && !since.MayAnswer.Contains(delivery.Agent) =>
                $"a change reached {delivery.Agent.Name}, which does not lead",
            [ChaosMessage.Success] => delivery is not null || mayLie ? null : "a change succeeded that reached nobody",
            [ChaosMessage.Failure] => certain is null ? null : $"a change failed that {certain.Name} would have made",
            _ => mayLie ? null : $"no answer to a change: {Convert.ToHexString(answer)}",
        };
    }

    public static string? OfBind(Witness witness, byte[]? answer) => answer switch
    {
        null => "the client was hung up on",
        [ChaosMessage.Success] or [ChaosMessage.Failure] => null,
        _ => witness.HasSeen(Standing.Lying) ? null : $"no answer to a bind: {Convert.ToHexString(answer)}",
    };

    /// <summary>Whoever a person was asked for has gone: the agent is as free as before.</summary>
    /// <param name="limit">What an answer may take that waits for nobody.</param>
    public static string? OfListAfterHangUp(ChaosAgent agent, byte[]? answer, TimeSpan elapsed, TimeSpan limit) =>
        answer is not [ChaosMessage.IdentitiesAnswer, _, _, _, _, ..] || ChaosMessage.Texts(answer, 5) is not { } texts || !texts.SequenceEqual(agent.List)
            ? $"{agent.Name} did not list after somebody had hung up: {(answer is null ? "nothing" : Convert.ToHexString(answer))}"
            : elapsed > limit ? $"{agent.Name} listed {elapsed.TotalSeconds:0.0} s after somebody had hung up" : null;

    /// <summary>A conversation does not end because the place of the socket does.</summary>
    public static string? OfConversationUnderWay(PlaceFault fault, byte[]? answer) => answer is null ? $"hung up on by a place that failed: {fault}" : null;

    /// <summary>Who sits in a container or a sandbox may ask its agent, and change nothing.</summary>
    /// <param name="replies">What was said to each verb that changes something.</param>
    public static string? OfSandbox(IReadOnlyList<string> replies) =>
        replies.FirstOrDefault(reply => !reply.Contains("\"error\"", StringComparison.Ordinal)) is string obeyed ? $"a sandbox was obeyed: {obeyed}" : null;

    /// <summary>One that has the key and could sign all the time, where nobody stood in the way: a silent one may be the one that a person looks at.</summary>
    private static ChaosAgent? IsHeldForCertain(Witness witness, Witness since, string key)
    {
        Standing[] inTheWay = [Standing.Coming, Standing.Uncertain, Standing.Refusing, Standing.Lying, Standing.Empty];
        return witness.HasSeen(inTheWay) || since.HasSeen(inTheWay)
            ? null : witness.Route.FirstOrDefault(agent => witness.IsAble(agent) && witness.IsKnown(agent) && agent.Keys.Contains(key));
    }
}
