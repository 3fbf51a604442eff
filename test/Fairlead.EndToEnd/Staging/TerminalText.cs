using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// Text that keeps arriving, and the waits for what shall appear in it. A wait ends with the very piece that completes it.
/// </summary>
internal sealed class TerminalText
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly List<Wait> waits = [];

    public int Length
    {
        get
        {
            lock (gate)
            {
                return text.Length;
            }
        }
    }

    public void Append(string piece)
    {
        lock (gate)
        {
            text.Append(piece);
            string all = text.ToString();
            waits.RemoveAll(wait => wait.IsOver(all));
        }
    }

    /// <summary>The next place at or after <paramref name="from"/> where <paramref name="pattern"/> matches.</summary>
    public Task<Match> Next(Regex pattern, int from)
    {
        lock (gate)
        {
            var wait = new Wait(pattern, from);
            if (!wait.IsOver(text.ToString()))
            {
                waits.Add(wait);
            }
            return wait.Found;
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return text.ToString();
        }
    }

    private sealed class Wait(Regex pattern, int from)
    {
        private readonly TaskCompletionSource<Match> found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Match> Found => found.Task;

        public bool IsOver(string text)
        {
            Match match = pattern.Match(text, Math.Min(from, text.Length));
            return match.Success && found.TrySetResult(match);
        }
    }
}
