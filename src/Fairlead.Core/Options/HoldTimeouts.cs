namespace Fairlead.Core.Options;

/// <summary>How long a request for keys is held while no live agent can answer it.</summary>
internal sealed record HoldTimeouts
{
    /// <summary>The variable with which a caller sets it for itself: <c>FAIRLEAD_WAIT=60s ssh web01</c>.</summary>
    public const string Variable = "FAIRLEAD_WAIT";

    /// <summary>Zero: ssh continues with its other methods at once.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The limit in a conversation with a session-bind: such an ssh has already connected, and the server gives it 120 s to log in
    /// (LoginGraceTime, sshd_config(5)).
    /// </summary>
    public TimeSpan Bound { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The time that a caller gets.</summary>
    /// <param name="wish">The value of its variable; null when it has none. Ignored if it is not a time.</param>
    /// <param name="isBound">Its conversation carries a session-bind.</param>
    public TimeSpan For(string? wish, bool isBound)
    {
        TimeSpan time = wish is not null && DurationText.TryParseTyped(wish, out TimeSpan wanted) ? wanted : Time;
        return isBound && time > Bound ? Bound : time;
    }
}
