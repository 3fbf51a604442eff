using System.Globalization;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A person at a terminal window, logged in on the gateway: what they type, and what they see.</summary>
internal sealed class Login(Stage stage, TerminalWindow window, string laptopPrompt, string? forwardedSocket)
{
    private string Status => stage.Shell.StatusVariable;

    public TerminalWindow Window => window;

    public async Task Start(Multiplexer multiplexer)
    {
        await window.Type(multiplexer.Start);
        await AppearsWithPrompt();
    }

    public async Task Reattach(Multiplexer multiplexer)
    {
        await window.Type(multiplexer.Reattach);
        await AppearsWithPrompt();
    }

    public async Task Detach(Multiplexer multiplexer)
    {
        await window.Press(multiplexer.Prefix, "d");
        await window.Expect(multiplexer.Detached);
    }

    /// <summary>Types <c>ssh web01</c> and tells how web01 answered.</summary>
    public async Task<Web01Answer> TryWeb01()
    {
        int turn = stage.NextTurn();
        await window.Type($"ssh web01 {turn}; echo \"over-{turn}:{Status}\"");
        Match over = await window.Expect($@"over-{turn}:(\d+)");
        string said = Regex.Replace(window.SaidUpTo(over), @"\n\s*\n", "\n");
        Match key = Regex.Match(said, $@"web01 saw (\S+) in turn {turn}\b");
        return new(int.Parse(over.Groups[1].Value, CultureInfo.InvariantCulture), key.Success ? key.Groups[1].Value : null, said);
    }

    /// <summary>The key that web01 sees when the person types <c>ssh web01</c>; none is a failure that shows the screen.</summary>
    public async Task<string> KeySeenByWeb01()
    {
        Web01Answer answer = await TryWeb01();
        return answer.Key
            ?? throw new InvalidOperationException($"web01 did not let the person in:\n{answer.Screen}\n{await stage.Evidence()}");
    }

    /// <summary>Types a command and returns its output and exit code.</summary>
    public async Task<(int ExitCode, string Output)> Ask(string command)
    {
        int turn = stage.NextTurn();
        await window.Type($"echo \"begin-{turn}:{Status}\"; {command}; echo \"over-{turn}:{Status}\"");
        Match begin = await window.Expect($@"begin-{turn}:\d+");
        Match over = await window.ExpectAfter(begin.Index, $@"over-{turn}:(\d+)");
        string said = window.SaidUpTo(over)[(begin.Index + begin.Length - window.Mark)..];
        return (int.Parse(over.Groups[1].Value, CultureInfo.InvariantCulture), said.Trim());
    }

    public async Task<string> AuthSock() => (await Ask("echo $SSH_AUTH_SOCK")).Output;

    public async Task LogOut()
    {
        await window.Type("exit");
        await IsBackOnLaptop();
    }

    /// <summary>The connection breaks: the ssh client dies without a word.</summary>
    public async Task LoseConnection()
    {
        using ProcessHandle client = ProcessHandle.Open(await window.ForegroundProcess())
            ?? throw new InvalidOperationException("there is no ssh client in this window");
        client.Kill();
        await IsBackOnLaptop();
    }

    /// <summary>Waits until the laptop's own prompt is back, that is until ssh has ended.</summary>
    public async Task IsBackOnLaptop()
    {
        await window.Expect(Regex.Escape(laptopPrompt));
        if (forwardedSocket is not null)
        {
            // sshd 10.1 removes its socket at logout; the sshd of these tests only plays it and leaves the file behind.
            File.Delete(forwardedSocket);
        }
    }

    private async Task AppearsWithPrompt()
    {
        Match taken = await window.Expect(Regex.Escape(EscapeFilter.FullScreen));
        await window.ExpectAfter(taken.Index, Regex.Escape(Shell.Prompt.TrimEnd())); // tmux 3.8 moves the cursor where others write a blank
    }
}
