namespace Fairlead.Asking;

/// <summary>
/// A message for tmux, screen or a terminal. tmux and screen put other texts, and the output of commands, in the place of signs like # and %;
/// the names in a message are other people's.
/// </summary>
internal static class MessageText
{
    /// <summary>Signs that mean nothing to tmux, screen and terminals.</summary>
    private const string Harmless = " .,:@/()[]_+-='";

    private const int Longest = 240;

    /// <summary>It begins with the command that answers, because tmux cuts off what is too long for the client.</summary>
    /// <param name="sentence">What is asked.</param>
    public static string Of(string sentence) =>
        $"fairlead answer: {string.Concat(sentence.Select(letter => char.IsLetterOrDigit(letter) || Harmless.Contains(letter) ? letter : '?').Take(Longest))}";
}
