namespace Fairlead.Core.Logins;

/// <summary>The noted times of typing in each terminal, by name below /dev, as known at one moment. For any thread.</summary>
/// <remarks>
/// A note is the moment when a person switched to the terminal; while they stay there, its access time advances in steps of 8 s. Both are
/// moments of typing, so the later one counts. Between two watched terminals this is exact: a person who switched to the second one no
/// longer typed in the first, so all times of the first are earlier.
/// </remarks>
internal sealed class TypingTimes(IEnumerable<KeyValuePair<string, DateTimeOffset>> moments)
{
    public static readonly TypingTimes None = new([]);

    private readonly Dictionary<string, DateTimeOffset> moments = new(moments);

    /// <summary>Whether the moment when a person switched to the terminal was noted.</summary>
    public bool Has(string terminal) => moments.ContainsKey(terminal);

    /// <summary>The notes here and in the others; of two notes of one terminal the later.</summary>
    public TypingTimes With(IEnumerable<TypingTimes> others) => new(
        from note in others.Prepend(this).SelectMany(times => times.moments)
        group note.Value by note.Key into notes
        select KeyValuePair.Create(notes.Key, notes.Max()));

    /// <summary>When somebody most recently typed in the terminal, as far as it is known.</summary>
    /// <param name="told">The time that the system or a multiplexer reports.</param>
    public DateTimeOffset? LastTyped(string terminal, DateTimeOffset? told) =>
        moments.TryGetValue(terminal, out DateTimeOffset noted) && !(told > noted) ? noted : told;

    public Login Complete(Login login) => moments.Count == 0
        ? login
        : login with { Terminals = [.. login.Terminals.Select(terminal => terminal with { LastTyped = LastTyped(terminal.Device, terminal.LastTyped) })] };
}
