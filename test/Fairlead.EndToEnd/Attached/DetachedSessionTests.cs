using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>Nobody is attached: the login that was there last answers, while it lives, whoever types elsewhere meanwhile.</summary>
public class DetachedSessionTests
{
    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task What_runs_on_is_answered_by_the_login_that_was_attached_last(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise();
        var multiplexer = Multiplexer.Of(kind);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        await stage.Person.Write(
            "job", $"exec 3>{news.Path}\nmkfifo ~/go\nfor turn in 1 2 3; do ssh web01 $turn >&3; read -r go <~/go; done\n");
        await sofa.Start(multiplexer);
        await sofa.Window.Type("exec sh ~/job");
        await news.Tells("web01 saw home-key in turn 1");
        await sofa.Detach(multiplexer);

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await GoOn(stage);
        await news.Tells("web01 saw home-key in turn 2");

        await sofa.LogOut();
        await GoOn(stage);
        await news.Tells("web01 saw work-key in turn 3");
    }

    private static async Task GoOn(Stage stage) => (await stage.AsPerson("sh", "-c", "echo >~/go")).Succeeded();
}
