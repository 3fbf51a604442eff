namespace Fairlead.Core.Options;

/// <summary>How long agents are waited for.</summary>
internal sealed record AgentTimeouts
{
    /// <summary>No agent is late before this; then another one is asked each time it has passed again.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Over a slow line everything takes longer: late is what takes so many times as long as usual.</summary>
    private const int TimesUsual = 4;

    /// <summary>
    /// An answer that keeps coming may take this many times <see cref="Answer"/>: a list of many keys over a line of some hundred bytes a second, but not one
    /// byte a second for ever.
    /// </summary>
    private const int TimesWhole = 10;

    /// <summary>For an answer that no person is asked for: a list of keys, a bind, a search for loops. OpenSSH's own client waits for ever.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>
    /// For such an answer where nobody else has one and the laptop acknowledges what was sent: some agents ask their person before they list keys, who unlocks
    /// a vault, say. A server gives ssh two minutes to log in (LoginGraceTime, sshd_config(5)), other methods included.
    /// </summary>
    public TimeSpan Awake { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For one that a person may be asked for: a touch, a PIN, a question on the laptop's screen.</summary>
    public TimeSpan Person { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For an agent that is busy with somebody else's request.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When an agent is late, the next one is asked, too.</summary>
    public bool AsksOthers { get; init; } = true;

    /// <summary>For a whole answer, of which some bytes come in time again and again.</summary>
    public TimeSpan Whole => Answer * TimesWhole;

    /// <summary>For an agent that usually takes so long.</summary>
    public TimeSpan AnswerOf(TimeSpan usual) => Longer(Answer, Counted(usual) * TimesUsual);

    /// <summary>After this time one that usually takes so long is late.</summary>
    public TimeSpan LateAfter(TimeSpan usual) => Longer(Step, Counted(usual) * TimesUsual);

    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>
    /// An agent that answers later each time must not be waited for longer each time: what is usual counts up to <see cref="Answer"/>, so that patience ends at
    /// four times that (6 s). Lists over a satellite take 1.3 s, two journeys.
    /// </summary>
    private TimeSpan Counted(TimeSpan usual) => Shorter(usual, Answer);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
