using System.Text;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// Turns what a program writes to a terminal into the words a person reads: colours and cursor movements vanish, a jump to
/// another line becomes a new line. Escape sequences may be cut anywhere, so the state lives on between pieces.
/// </summary>
internal sealed class EscapeFilter
{
    /// <summary>Stands where a program takes over the whole screen, as tmux and screen do when they attach.</summary>
    public const string FullScreen = "<full screen>";

    private const char Escape = '\x1b';
    private const char Bell = '\x07';

    private readonly StringBuilder parameters = new();
    private State state;

    private enum State
    {
        Text,
        AfterEscape,
        Control,
        Ignored,
        IgnoredString,
        EscapeInString,
    }

    public string Read(ReadOnlySpan<char> piece)
    {
        var words = new StringBuilder();
        foreach (char next in piece)
        {
            Take(next, words);
        }
        return words.ToString();
    }

    private void Take(char next, StringBuilder words)
    {
        switch (state)
        {
            case State.Text when next == Escape:
                state = State.AfterEscape;
                break;
            case State.Text:
                words.Append(next is '\n' or '\t' || next >= ' ' ? next.ToString() : "");
                break;
            case State.AfterEscape:
                TakeAfterEscape(next);
                break;
            case State.Control when next is >= '@' and <= '~':
                words.Append(Movement(next));
                state = State.Text;
                break;
            case State.Control:
                parameters.Append(next);
                break;
            case State.Ignored:
                state = State.Text;
                break;
            case State.IgnoredString:
                state = next switch { Bell => State.Text, Escape => State.EscapeInString, _ => State.IgnoredString };
                break;
            case State.EscapeInString:
                state = next == '\\' ? State.Text : State.IgnoredString;
                break;
        }
    }

    private void TakeAfterEscape(char next)
    {
        parameters.Clear();
        state = next switch
        {
            '[' => State.Control,
            ']' or 'P' or '^' or '_' or 'X' or 'k' => State.IgnoredString,
            '(' or ')' or '*' or '+' or '#' or '%' or ' ' => State.Ignored,
            _ => State.Text,
        };
    }

    private string Movement(char command) => command switch
    {
        'H' or 'f' or 'd' or 'B' or 'E' => "\n",
        'C' or 'G' => " ",
        'h' when parameters.ToString() is "?1049" or "?47" => FullScreen,
        _ => "",
    };
}
