namespace Fairlead.Output;

/// <summary>Why a command could not do its work.</summary>
/// <param name="Message">What happened: lower case, no full stop.</param>
/// <param name="Hint">What to type next.</param>
internal sealed record Failure(int ExitCode, string Message, string? Hint = null)
{
    /// <summary>The two lines, for standard error.</summary>
    public override string ToString() =>
        $"fairlead: {PlainText.Of(Message)}\n" + (Hint is null ? "" : $"hint: {PlainText.Of(Hint)}\n");

    /// <returns>The exit code.</returns>
    public int WriteTo(TextWriter error)
    {
        error.Write(ToString());
        return ExitCode;
    }
}
