using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Output;

/// <summary>
/// Standard output or error as a writer. Not <see cref="Console.Out"/>: that one switches the terminal's keypad mode when it is first used, and leaves
/// it so.
/// </summary>
internal sealed class StandardWriter(int stream) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What a person types for fairlead in the shell that reads this; hints name it.</summary>
    public string Program { get; init; } = "fairlead";

    /// <summary>How wide the terminal is, 0 when it does not say; null when a file or a pipe reads.</summary>
    public int? Columns => TerminalSize.Columns(stream);

    /// <summary>Whoever reads has gone: nothing that is written any more is seen.</summary>
    public bool IsUnread { get; private set; }

    public override void Write(char value) => Write(value.ToString());

    /// <summary>For a person: see <see cref="PlainText.OfPage"/>.</summary>
    public override void Write(string? value) => WriteAsItIs(PlainText.OfPage(value ?? ""));

    /// <summary>For a program, a shell above all, that takes a path or a line of code by the letter.</summary>
    public static void WriteForProgram(TextWriter output, string text)
    {
        if (output is StandardWriter standard)
        {
            standard.WriteAsItIs(text);
        }
        else
        {
            output.Write(text);
        }
    }

    private void WriteAsItIs(string value)
    {
        int written = StandardStream.Write(stream, value);

        IsUnread |= written == -Errno.EPIPE;

        // A reader that has read enough is no failure, and an error that cannot be shown has nobody to tell.
        if (written < 0 && written != -Errno.EPIPE && stream == StandardStream.Output)
        {
            throw new SystemCallException("the answer cannot be written", written);
        }
    }
}
