using System.Globalization;
using System.Text;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>
/// A tmux server on a socket of its own. One plays the multiplexer that is tested; another one the terminals in front of it, whose windows' first
/// processes stand for session processes of logins.
/// </summary>
internal sealed class RealTmux : IDisposable
{
    private const string Program = "/usr/bin/tmux";

    private readonly string socket;

    public RealTmux(string socket, string command)
    {
        this.socket = socket;
        Run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-s", "main", command);
        Run("set-hook", "-g", "client-attached", "wait-for -S attached");
        Run("bind-key", "-n", "x", "wait-for -S typed");
        Run("bind-key", "-n", "y", "wait-for -S typed");
    }

    /// <summary>What the command prints.</summary>
    public string Run(params string[] words)
    {
        byte[]? output = Subprocess.Run(Program, ["tmux", "-S", socket, .. words], Deadline.Length);
        Assert.True(output is not null, $"tmux {string.Join(' ', words)} failed");
        return Encoding.UTF8.GetString(output).TrimEnd('\n');
    }

    /// <summary>Opens a window on a command: its first process, and its terminal below /dev.</summary>
    public Window Open(string command, string session = "main")
    {
        string[] said = Run("new-window", "-t", session + ":", "-P", "-F", "#{pane_id} #{pane_pid} #{pane_tty}", command).Split(' ');
        return new Window(said[0], int.Parse(said[1], CultureInfo.InvariantCulture), said[2]["/dev/".Length..]);
    }

    /// <summary>Opens a window that shows another server, and waits until it does.</summary>
    public Window Attach(RealTmux shown, string session = "main", string how = "attach-session", string flags = "")
    {
        Window window = Open($"exec env -u TMUX {Program} {flags} -S {shown.socket} {how} -t {session}");
        shown.Run("wait-for", "attached");
        return window;
    }

    /// <summary>Types a key into a window that shows another server, and waits until that one has it.</summary>
    public void Type(Window window, RealTmux shown, string key = "x")
    {
        Run("send-keys", "-t", window.Pane, key);
        shown.Run("wait-for", "typed");
    }

    /// <summary>The server as a caller in that pane has it above itself.</summary>
    public static MultiplexerServer Above(int pane)
    {
        MultiplexerServer? server = CallerReader.Read(pane, BootClock.Ticks).Multiplexer;
        Assert.NotNull(server);
        return server;
    }

    public int FirstPane => int.Parse(Run("display-message", "-p", "-t", "main:0", "#{pane_pid}"), CultureInfo.InvariantCulture);

    public void Dispose() => Run("kill-server");

    internal sealed record Window(string Pane, int Pid, string Terminal);
}
