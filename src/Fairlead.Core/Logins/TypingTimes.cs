namespace Fairlead.Core.Logins;

/// <summary>When terminals were noted as typed in, by name below /dev: as it was known at one moment. For any thread.</summary>
/// <remarks>
/// A note is the moment in which a person turned to the terminal; while they stay there, its access time goes on in steps of 8 s. Both are moments of
/// typing, so the later one counts. Between two terminals that are watched this is exact: whoever turned to the second one did not type in the
/// first any more, so all of its times are earlier.
/// </remarks>
internal sealed class TypingTimes(IEnumerable<KeyValuePair<string, DateTimeOffset>> moments)
{
    public static readonly TypingTimes None = new([]);

    private readonly Dictionary<string, DateTimeOffset> moments = new(moments);

    /// <summary>Whether the moment in which a person turned to the terminal was noted.</summary>
    public bool Has(string terminal) => moments.ContainsKey(terminal);

    /// <summary>What is noted here and in others; of two notes of one terminal the later.</summary>
    public TypingTimes With(IEnumerable<TypingTimes> others) => new(
        from note in others.Prepend(this).SelectMany(times => times.moments)
        group note.Value by note.Key into notes
        select KeyValuePair.Create(notes.Key, notes.Max()));

    /// <summary>When somebody last typed in the terminal, as far as it is known.</summary>
    /// <param name="told">What the system or a multiplexer tells.</param>
    public DateTimeOffset? LastTyped(string terminal, DateTimeOffset? told) =>
        moments.TryGetValue(terminal, out DateTimeOffset noted) && !(told > noted) ? noted : told;

    public Login Complete(Login login) => moments.Count == 0
        ? login
        : login with { Terminals = [.. login.Terminals.Select(terminal => terminal with { LastTyped = LastTyped(terminal.Device, terminal.LastTyped) })] };
}
