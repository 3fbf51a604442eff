using System.Diagnostics;
using Fairlead.Core.Control;
using Fairlead.Core.Options;
using Fairlead.Output;

namespace Fairlead.Client;

/// <summary>Waits until an agent answers this process. A wait outlives the daemon: when that ends, the next one is asked for the rest of the time.</summary>
internal static class AgentWait
{
    /// <summary>A daemon that ends this soon may be one that cannot live.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(1);

    /// <summary>Several that wait start it at once: one succeeds, the others find it a moment before it listens.</summary>
    private const int MaxShortLives = 20;

    private const string AddKeys = "ssh-add, or ssh-add -X if you locked it (on the laptop of that agent)";

    /// <summary>What a daemon gets beyond the time that it was told.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <param name="limit">How long it may take; null for no end.</param>
    /// <param name="error">Learns, once, that an agent is there that has no keys.</param>
    /// <returns>Null when an agent with keys answers, else why none does.</returns>
    public static Failure? Run(CommandContext context, TimeSpan? limit, TextWriter error)
    {
        bool hasTold = false;
        long began = Stopwatch.GetTimestamp();
        bool wasThere = false;
        for (int shortLives = 0; ;)
        {
            long asked = Stopwatch.GetTimestamp();
            TimeSpan? left = limit - Stopwatch.GetElapsedTime(began);
            var request = new ControlRequest { Verb = ControlVerb.Wait, Milliseconds = (long?)left?.TotalMilliseconds, TellsEmpty = hasTold ? null : true };
            DaemonAnswer answer = context.Ask(request, left + Grace);
            if (!hasTold && answer.Reply?.Wait is { Answered: false, Empty: { } empty } && !(Stopwatch.GetElapsedTime(began) > limit))
            {
                hasTold = true;
                _ = new Failure(ExitCode.Failed, $"{HasNoKeys(empty)}; waiting until it has one", AddKeys).WriteTo(error);
                continue;
            }

            wasThere |= answer.Outcome == ControlOutcome.NoAnswer;
            shortLives = Stopwatch.GetElapsedTime(asked) < ShortLife ? shortLives + 1 : 0;
            bool hasEnded = wasThere && (answer.Outcome is ControlOutcome.NoAnswer or ControlOutcome.NotReachable);
            if (!hasEnded || shortLives > MaxShortLives || Stopwatch.GetElapsedTime(began) > limit)
            {
                return Judge(answer, limit);
            }

            context = context.ReadAgain();
        }
    }

    private static string HasNoKeys(string agent) => $"{agent} answers here, but has no keys or is locked";

    private static Failure? Judge(DaemonAnswer answer, TimeSpan? limit) => answer.Reply switch
    {
        { Wait.Answered: true } => null,
        { Wait.Denied: { } denied } => new Failure(ExitCode.Denied, $"no agent answers here: {denied}", "fairlead why"),
        { Wait.Empty: { } empty } => new Failure(ExitCode.Failed, HasNoKeys(empty), AddKeys),
        { Wait: not null } => new Failure(ExitCode.Failed, $"no agent answered here within {DurationText.Of(limit ?? TimeSpan.Zero)}", "fairlead why"),
        _ => answer.Explain(),
    };
}
