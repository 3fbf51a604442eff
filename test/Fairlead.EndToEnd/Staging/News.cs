using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A named pipe into which a job of the person tells how it is going, while nobody looks at its pane.</summary>
internal sealed class News : IAsyncDisposable
{
    private readonly TerminalText text = new();
    private readonly Fifo fifo;

    public News(string path) => fifo = Fifo.Create(path, bytes => text.Append(Encoding.UTF8.GetString(bytes)));

    public string Path => fifo.Path;

    public int Length => text.Length;

    public Task<Match> Tells(string pattern, int from = 0) =>
        text.Next(new Regex(pattern), from).InTime(() => Task.FromResult($"/{pattern}/ was not told:\n{text}"));

    public ValueTask DisposeAsync()
    {
        fifo.Dispose();
        return ValueTask.CompletedTask;
    }
}
