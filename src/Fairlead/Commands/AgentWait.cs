using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Fairlead.Core.Control;
using Fairlead.Core.Options;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>Waits until an agent answers this process. A wait outlives the daemon: when that ends, the next one is asked for the rest of the time.</summary>
internal static class AgentWait
{
    /// <summary>A daemon that ends this soon may be one that cannot live.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(1);

    /// <summary>Several that wait start it at once: one succeeds, the others find it a moment before it listens.</summary>
    private const int MaxShortLives = 20;

    /// <summary>What a daemon gets beyond the time that it was told.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <param name="name">As <c>--timeout</c>.</param>
    public static Option<TimeSpan?> TimeOption(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = Parse,
    };

    /// <param name="limit">Null for no end.</param>
    /// <returns>Null when an agent answers, else why none does.</returns>
    public static Failure? Run(TimeSpan? limit)
    {
        long began = Stopwatch.GetTimestamp();
        bool wasThere = false;
        for (int shortLives = 0; ;)
        {
            long asked = Stopwatch.GetTimestamp();
            TimeSpan? left = limit - Stopwatch.GetElapsedTime(began);
            var request = new ControlRequest { Verb = ControlVerb.Wait, Milliseconds = (long?)left?.TotalMilliseconds };
            (ControlReply? reply, Failure? failure) = DaemonAccess.Ask(request, left + Grace, out ControlOutcome outcome);
            wasThere |= outcome == ControlOutcome.NoAnswer;
            shortLives = Stopwatch.GetElapsedTime(asked) < ShortLife ? shortLives + 1 : 0;
            bool hasEnded = wasThere && (outcome is ControlOutcome.NoAnswer or ControlOutcome.NotReachable);
            if (!hasEnded || shortLives > MaxShortLives || Stopwatch.GetElapsedTime(began) > limit)
            {
                return Judge(reply, failure, limit);
            }
        }
    }

    private static Failure? Judge(ControlReply? reply, Failure? failure, TimeSpan? limit) => reply switch
    {
        null => failure,
        { Wait.Answered: true } => null,
        { Wait.Denied: { } denied } => new Failure(ExitCode.Denied, $"no agent answers here: {denied}", "fairlead why"),
        { Wait: not null } => new Failure(ExitCode.Failed, $"no agent answered here within {DurationText.Of(limit ?? TimeSpan.Zero)}", "fairlead why"),
        _ => DaemonAccess.Unexpected(),
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        string token = result.Tokens[0].Value;
        if (DurationText.TryParseTyped(token, out TimeSpan time) && time > TimeSpan.Zero)
        {
            return time;
        }

        result.AddError($"'{token}' is not a time such as 250ms, 90s, 5m or 8h");
        return null;
    }
}
