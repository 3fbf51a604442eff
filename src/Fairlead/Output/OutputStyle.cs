namespace Fairlead.Output;

/// <summary>What the reader of an answer can show: decided here and nowhere else.</summary>
/// <param name="Width">Columns.</param>
internal readonly record struct OutputStyle(bool Colour, int Width)
{
    /// <summary>Lines in a pipe are not broken: grep and awk want them whole.</summary>
    private const int PipeWidth = 500;

    private const int UsualWidth = 80;

    /// <param name="noColour">NO_COLOR; counts when it is not empty (no-color.org).</param>
    /// <param name="terminalName">TERM.</param>
    /// <param name="columns">The terminal's width, where it is known.</param>
    public static OutputStyle Decide(bool isTerminal, string? noColour, string? terminalName, int columns)
    {
        if (!isTerminal)
        {
            return new OutputStyle(Colour: false, PipeWidth);
        }

        bool colour = string.IsNullOrEmpty(noColour) && terminalName is not (null or "" or "dumb");
        return new OutputStyle(colour, columns > 0 ? columns : UsualWidth);
    }

    /// <summary>For a standard stream as it is now; any other writer is not a terminal.</summary>
    public static OutputStyle For(TextWriter output)
    {
        int? columns = (output as StandardWriter)?.Columns;
        return Decide(
            columns is not null,
            Environment.GetEnvironmentVariable("NO_COLOR"),
            Environment.GetEnvironmentVariable("TERM"),
            columns ?? 0);
    }
}
