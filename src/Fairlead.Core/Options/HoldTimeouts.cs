namespace Fairlead.Core.Options;

/// <summary>How long a list of keys is held back when no live agent can give one.</summary>
internal sealed record HoldTimeouts
{
    /// <summary>The variable by which a caller says it for itself: <c>FAIRLEAD_WAIT=60s ssh web01</c>.</summary>
    public const string Variable = "FAIRLEAD_WAIT";

    /// <summary>Nothing: ssh goes on to its other methods at once.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// At most, in a conversation with a session-bind: that is an ssh that has connected already, and the server gives it 120 s to
    /// log in (LoginGraceTime, sshd_config(5)).
    /// </summary>
    public TimeSpan Bound { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>What a caller gets.</summary>
    /// <param name="wish">The value of its variable; null when it has none. What is no time is passed over.</param>
    /// <param name="isBound">Its conversation carries a session-bind.</param>
    public TimeSpan For(string? wish, bool isBound)
    {
        TimeSpan time = wish is not null && DurationText.TryParseTyped(wish, out TimeSpan wanted) ? wanted : Time;
        return isBound && time > Bound ? Bound : time;
    }
}
