using System.Text;

namespace Fairlead.Deploy;

/// <summary>
/// What comes from the other host. Answers begin with the mark of this run; what comes before the first is what rc files and login shells print, and
/// is only kept for a message. Neither a line nor all of it is believed to have an end.
/// </summary>
/// <param name="read">Reads what has come; 0 at the end.</param>
/// <param name="mark">Hexadecimal digits.</param>
internal sealed class RemoteAnswers(Func<Memory<byte>, ValueTask<int>> read, string mark)
{
    /// <summary>Bytes of a line; the rest of it is dropped.</summary>
    private const int MaxLine = 2048;

    /// <summary>Bytes of all. A script says some hundred lines, and one every two seconds while it is sent the program.</summary>
    private const int MaxTotal = 1024 * 1024;

    private readonly byte[] buffer = new byte[8192];
    private readonly List<byte> line = [];
    private int position;
    private int length;
    private int total;

    /// <summary>The last line that was no answer.</summary>
    public string Said { get; private set; } = "";

    public bool HasAnswered { get; private set; }

    /// <summary>More came than any script says.</summary>
    public bool IsEndless => total > MaxTotal;

    /// <summary>The next answer.</summary>
    /// <returns>Null when nothing more comes.</returns>
    public async ValueTask<RemoteAnswer?> NextAsync()
    {
        while (await NextLineAsync() is { } text)
        {
            if (text.StartsWith(mark + " ", StringComparison.Ordinal))
            {
                HasAnswered = true;
                string[] words = text[(mark.Length + 1)..].Split(' ', 2);
                return new RemoteAnswer(words[0], words.Length > 1 ? words[1].TrimEnd() : "");
            }

            if (!string.IsNullOrWhiteSpace(text))
            {
                Said = text;
            }
        }

        return null;
    }

    private async ValueTask<string?> NextLineAsync()
    {
        line.Clear();
        while (true)
        {
            if (position == length)
            {
                position = 0;
                length = IsEndless ? 0 : await read(buffer);
                total += length;
                if (length == 0)
                {
                    return line.Count > 0 ? Text() : null;
                }
            }

            byte next = buffer[position++];
            if (next == '\n')
            {
                return Text();
            }

            if (line.Count < MaxLine)
            {
                line.Add(next);
            }
        }
    }

    private string Text() => Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
}

/// <summary>What the script says in one line.</summary>
/// <param name="Word">The first word, which says what it is about.</param>
/// <param name="Text">All that follows it.</param>
internal readonly record struct RemoteAnswer(string Word, string Text);
