namespace Fairlead.Core.Options;

/// <summary>How long fairlead waits for agents.</summary>
internal sealed record AgentTimeouts
{
    /// <summary>No agent is late before this; each time it passes again, fairlead asks another one.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Over a slow line everything takes longer: an agent is late when it takes so many times as long as usual.</summary>
    private const int TimesUsual = 4;

    /// <summary>
    /// An answer that keeps coming may take this many times <see cref="Answer"/>: a list of many keys over a line of some hundred bytes a
    /// second, but not one byte a second forever.
    /// </summary>
    private const int TimesWhole = 10;

    /// <summary>
    /// For an answer that needs no person: a list of keys, a bind, a search for loops. OpenSSH's own client waits forever.
    /// </summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>
    /// For such an answer if no other agent has one and the laptop acknowledges what was sent: some agents ask their person before they
    /// list keys, for example to unlock a vault. A server gives ssh two minutes to log in (LoginGraceTime, sshd_config(5)), other methods
    /// included.
    /// </summary>
    public TimeSpan Awake { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For an answer that may need a person: a touch, a PIN, a question on the laptop's screen.</summary>
    public TimeSpan Person { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For an agent that is busy with somebody else's request.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When an agent is late, fairlead also asks the next one.</summary>
    public bool AsksOthers { get; init; } = true;

    /// <summary>For a whole answer whose bytes keep arriving in time.</summary>
    public TimeSpan Whole => Answer * TimesWhole;

    /// <summary>For an agent that usually takes that long.</summary>
    public TimeSpan AnswerOf(TimeSpan usual) => Longer(Answer, Counted(usual) * TimesUsual);

    /// <summary>After this time an agent that usually takes that long is late.</summary>
    public TimeSpan LateAfter(TimeSpan usual) => Longer(Step, Counted(usual) * TimesUsual);

    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>
    /// fairlead must not wait longer each time for an agent that answers later each time: the usual time counts up to <see cref="Answer"/>,
    /// so that patience ends at four times that (6 s). Lists over a satellite take 1.3 s, two round trips.
    /// </summary>
    private TimeSpan Counted(TimeSpan usual) => Shorter(usual, Answer);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
