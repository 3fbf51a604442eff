using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Waiting;

/// <summary>The end of a long run, in a pane of tmux that nobody looks at any more.</summary>
internal static class DetachedJob
{
    /// <summary>Starts it at a desk, leaves for home, and lets it come to its last command.</summary>
    /// <param name="command">Its output is news; <c>fairlead</c> stands for the installed one.</param>
    public static async Task Begin(Stage stage, Laptop work, News news, string command)
    {
        string last = command.Replace("fairlead ", stage.Fairlead + " ", StringComparison.Ordinal);
        await stage.Person.Write("job", $"exec 3>{news.Path}\nmkfifo ~/go\necho runs >&3\nread -r go <~/go\n{last} >&3 2>&1\necho \"over: $?\" >&3\n");
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login desk = await work.LogIn();
        await desk.Start(tmux);
        await desk.Window.Type("exec sh ~/job");
        await news.Tells("runs");
        await desk.Detach(tmux);
        await desk.LogOut();
        (await stage.AsPerson("sh", "-c", "echo >~/go")).Succeeded();
    }
}
