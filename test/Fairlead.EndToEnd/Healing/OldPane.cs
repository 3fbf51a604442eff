using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Healing;

/// <summary>A pane of tmux or screen that was there before fairlead was: its shell names the agent of a login that is over.</summary>
internal sealed record OldPane(Multiplexer Multiplexer, string Path)
{
    /// <summary>What goes when nobody names the path any more: its whole folder in /tmp, and only the socket in the home, where other sockets are.</summary>
    public string Made => Path.StartsWith("/tmp/", StringComparison.Ordinal) ? System.IO.Path.GetDirectoryName(Path)! : Path;

    /// <summary>The person starts it at the desk, leaves it detached and logs out; sshd has cleaned up when this returns.</summary>
    /// <param name="command">What else they type in it.</param>
    public static async Task<OldPane> Leave(
        Stage stage, MultiplexerKind kind = MultiplexerKind.Tmux, SocketLayout layout = SocketLayout.TemporaryFolder, string command = "true")
    {
        var multiplexer = Multiplexer.Of(kind);
        Laptop work = await stage.AddLaptop("work");
        Login desk = await work.LogIn(layout);
        await desk.Start(multiplexer);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        string path = await desk.AuthSock();
        await desk.Ask(command);
        await desk.Detach(multiplexer);
        await LogOut(desk, path);
        return new OldPane(multiplexer, path);
    }

    /// <summary>Logs out, and waits for sshd to have done what it does then.</summary>
    public static async Task LogOut(Login login, string agent)
    {
        using ProcessHandle session = ProcessHandle.Open(await SocketPeer.ProcessOf(agent))!;
        await login.LogOut();
        await session.Ended();
    }

    /// <summary>What <c>fairlead status</c> says of old paths, once the daemon has looked at all that has happened.</summary>
    public static async Task<string[]> Healed(Stage stage)
    {
        Finished status = await stage.AsPerson(stage.Fairlead, "status", "--json");
        using JsonDocument json = JsonDocument.Parse(status.Output);
        return [.. json.RootElement.GetProperty("healed").EnumerateArray().Select(path => path.GetProperty("socket").GetString()!)];
    }

    /// <summary>The person's folders in /tmp that sshd or fairlead may have made.</summary>
    public static async Task<string[]> LoginFolders(Stage stage)
    {
        Finished found = await Invocation.Of("find", "/tmp", "-maxdepth", "1", "-name", "ssh-*", "-user", stage.Person.Name).Run();
        return found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
