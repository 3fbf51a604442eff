using System.Text;
using Spectre.Console;

namespace Fairlead.Output;

/// <summary>
/// Lets Spectre.Console write into a text. Its own class for that asks <see cref="Console"/> whether the writer is the terminal, and so wakes it.
/// </summary>
internal sealed class PageOutput(StringBuilder text, int width) : IAnsiConsoleOutput
{
    public TextWriter Writer { get; } = new StringWriter(text);

    public bool IsTerminal => false;

    public int Width => width;

    public int Height => 24;

    public void SetEncoding(Encoding encoding)
    {
        // Text has none.
    }
}
