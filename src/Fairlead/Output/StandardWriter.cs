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

    /// <summary>How wide the terminal is, 0 when it does not say; null when a file or a pipe reads.</summary>
    public int? Columns => TerminalSize.Columns(stream);

    /// <summary>Whoever reads has gone: nothing that is written any more is seen.</summary>
    public bool IsUnread { get; private set; }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        int written = StandardStream.Write(stream, value ?? "");

        IsUnread |= written == -Errno.EPIPE;

        // A reader that has read enough is no failure, and an error that cannot be shown has nobody to tell.
        if (written < 0 && written != -Errno.EPIPE && stream == StandardStream.Output)
        {
            throw new IOException(Errno.Describe(written));
        }
    }
}
