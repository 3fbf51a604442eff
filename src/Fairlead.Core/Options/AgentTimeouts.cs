namespace Fairlead.Core.Options;

/// <summary>How long agents are waited for.</summary>
internal sealed record AgentTimeouts
{
    /// <summary>No agent is late before this; then another one is asked each time it has passed again.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Over a slow line everything takes longer: late is what takes so many times as long as usual.</summary>
    private const int TimesUsual = 4;

    /// <summary>For an answer that no person is asked for: a list of keys, a bind, a search for loops. OpenSSH's own client waits for ever.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>For one that a person may be asked for: a touch, a PIN, a question on the laptop's screen.</summary>
    public TimeSpan Person { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For an agent that is busy with somebody else's request.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>When an agent is late, the next one is asked, too.</summary>
    public bool AsksOthers { get; init; } = true;

    /// <summary>For an agent that usually takes so long.</summary>
    public TimeSpan AnswerOf(TimeSpan usual) => Longer(Answer, usual * TimesUsual);

    /// <summary>After this time one that usually takes so long is late.</summary>
    public static TimeSpan LateAfter(TimeSpan usual) => Longer(Step, usual * TimesUsual);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
