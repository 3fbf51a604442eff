namespace Fairlead.Output;

/// <summary>
/// Key comments, host names and paths are other people's words. Nothing in them may steer the terminal that shows them.
/// </summary>
internal static class PlainText
{
    public static string Of(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c))
        : text;
}
