using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A terminal window on a laptop: a tmux of its own plays the terminal, keys are typed into it, and what appears is read as a stream.
/// </summary>
internal sealed class TerminalWindow : IAsyncDisposable
{
    private readonly string tmuxSocket;
    private readonly TerminalText text;
    private readonly Fifo fifo;

    private TerminalWindow(string tmuxSocket, TerminalText text, Fifo fifo)
    {
        this.tmuxSocket = tmuxSocket;
        this.text = text;
        this.fifo = fifo;
    }

    /// <summary>Where in the stream the last typed line began: what is awaited must come after it.</summary>
    public int Mark { get; private set; }

    /// <summary>Opens the window on a shell that reads <paramref name="environment"/> and shows its first prompt.</summary>
    public static async Task<TerminalWindow> Open(string path, string prompt, params string[] environment)
    {
        string socket = path + ".tmux";
        // The shell waits for a first line, so that nothing it prints comes before the stream is read.
        string shell = Invocation.Of("sh", "-c", "'read -r start; exec sh -i'").WithOnly([.. environment, "TERM=screen"]).ToString();
        await Tmux(socket, "-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", "-s", "window", shell);
        var text = new TerminalText();
        var filter = new EscapeFilter();
        Decoder decoder = Encoding.UTF8.GetDecoder();
        Fifo fifo = Fifo.Create(path + ".fifo", bytes => text.Append(filter.Read(Decode(decoder, bytes))));
        var window = new TerminalWindow(socket, text, fifo);
        await Tmux(socket, "pipe-pane", "-O", "-t", "window", $"exec cat > {fifo.Path}");
        await window.Type("");
        await window.Expect(Regex.Escape(prompt));
        return window;
    }

    /// <summary>Types a line and Enter.</summary>
    public async Task Type(string line)
    {
        Mark = text.Length;
        string[] typing = line is "" ? [] : ["send-keys", "-t", "window", "-l", "--", line, ";"];
        await Tmux(tmuxSocket, [.. typing, "send-keys", "-t", "window", "Enter"]);
    }

    /// <summary>Presses keys by their tmux names, one after another.</summary>
    public async Task Press(params string[] keys)
    {
        Mark = text.Length;
        await Tmux(tmuxSocket, ["send-keys", "-t", "window", .. keys]);
    }

    /// <summary>Makes the window another size, as a person does with the mouse.</summary>
    public async Task Resize(int columns, int rows)
    {
        Mark = text.Length;
        await Tmux(tmuxSocket, "resize-window", "-t", "window", "-x", $"{columns}", "-y", $"{rows}");
    }

    /// <summary>Waits for something to appear after what was typed last.</summary>
    public Task<Match> Expect(string pattern) => ExpectAfter(Mark, pattern);

    public async Task<Match> ExpectAfter(int position, string pattern)
    {
        var wanted = new Regex(pattern, RegexOptions.CultureInvariant);
        return await text.Next(wanted, position).InTime(async () => $"/{pattern}/ did not appear. The screen:\n{await Screen()}");
    }

    /// <summary>What appeared from the last typed line up to <paramref name="end"/>.</summary>
    public string SaidUpTo(Match end) => text.ToString()[Mark..end.Index];

    /// <summary>The process that the window's shell runs in the foreground: the ssh client, while somebody is logged in.</summary>
    public async Task<int> ForegroundProcess()
    {
        Finished shell = (await TmuxCommand(tmuxSocket, "display-message", "-p", "-t", "window", "#{pane_pid}").Run()).Succeeded();
        string children = await File.ReadAllTextAsync($"/proc/{shell.Output.Trim()}/task/{shell.Output.Trim()}/children");
        return int.Parse(children.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public async Task<string> Screen() => (await TmuxCommand(tmuxSocket, "capture-pane", "-p", "-t", "window").Run()).Output;

    public async ValueTask DisposeAsync()
    {
        Finished server = await TmuxCommand(tmuxSocket, "display-message", "-p", "#{pid}").Run();
        if (int.TryParse(server.Output, CultureInfo.InvariantCulture, out int id) && ProcessHandle.Open(id) is { } process)
        {
            await TmuxCommand(tmuxSocket, "kill-server").Run();
            await process.Ended();
            process.Dispose();
        }
        fifo.Dispose();
    }

    private static string Decode(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = stackalloc char[bytes.Length + 4];
        return new string(characters[..decoder.GetChars(bytes, characters, flush: false)]);
    }

    private static Invocation TmuxCommand(string socket, params string[] arguments) =>
        Invocation.Of(["tmux", "-u", "-S", socket, .. arguments]).WithOnly();

    private static async Task Tmux(string socket, params string[] arguments) =>
        (await TmuxCommand(socket, arguments).Run()).Succeeded();
}
