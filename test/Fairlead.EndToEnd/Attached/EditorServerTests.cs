using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>emacs --daemon: a server that shows itself on the terminals of its clients, and outlives the login that started it.</summary>
public class EditorServerTests
{
    [Fact]
    public async Task A_terminal_in_the_editor_is_answered_by_the_login_that_shows_it()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        Assert.Equal(0, (await sofa.Ask("emacs -Q --daemon >/dev/null 2>&1")).ExitCode);
        await RunInEditor(stage, news, 1);
        await news.Tells("web01 saw home-key in turn 1");

        await desk.Window.Type("emacsclient -nw");
        await desk.Window.Expect("<full screen>");
        await RunInEditor(stage, news, 2);
        await news.Tells("web01 saw work-key in turn 2");

        await sofa.LogOut();
        await RunInEditor(stage, news, 3);
        await news.Tells("web01 saw work-key in turn 3");
    }

    /// <summary>As M-x shell does: below the server, on a terminal of its own.</summary>
    private static async Task RunInEditor(Stage stage, News news, int turn) =>
        (await stage.AsPerson("emacsclient", "-e", $"(start-process \"sh\" nil \"sh\" \"-c\" \"ssh web01 {turn} >{news.Path}\")")).Succeeded();
}
