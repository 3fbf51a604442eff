using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>Ways that lead back to the gateway: <c>ssh -A</c> to itself from a pane, and out to another host and back.</summary>
public class LoopTests
{
    private static readonly Multiplexer Tmux = Multiplexer.Of(MultiplexerKind.Tmux);

    [Fact]
    public async Task A_login_to_the_same_host_is_answered_like_the_shell_it_was_typed_in()
    {
        await using Stage stage = await Stage.Raise();
        await stage.NameGatewayOnItself();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        await sofa.Start(Tmux);
        await Hop(sofa, "gateway");
        await StartJob(stage, sofa, news, turns: 2);
        await news.Tells("web01 saw home-key in turn 1");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await GoOn(stage); // work has typed last, but the pane is home's
        await news.Tells("web01 saw home-key in turn 2");
        (_, string why) = await desk.Ask($"{stage.Fairlead} status");
        Assert.Contains("leads back to fairlead", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_another_host_and_back_the_person_is_still_the_one_at_the_pane()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await (await stage.AddHostWithFairlead("hop")).Allow(home.Key.Public);
        Login sofa = await home.LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        await sofa.Start(Tmux);
        await Hop(sofa, "hop");
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await Hop(sofa, "gateway");
        await StartJob(stage, sofa, news, turns: 2);
        await news.Tells("web01 saw home-key in turn 1");

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await GoOn(stage);
        await news.Tells("web01 saw home-key in turn 2");
    }

    [Fact]
    public async Task When_the_laptop_leaves_the_circle_that_closes_ends_in_failure()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await (await stage.AddHostWithFairlead("hop")).Allow(home.Key.Public);
        Login sofa = await home.LogIn();
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        await sofa.Start(Tmux);
        await Hop(sofa, "hop");
        await Hop(sofa, "gateway");
        await StartJob(stage, sofa, news, turns: 2);
        await news.Tells("web01 saw home-key in turn 1");
        await sofa.Detach(Tmux);
        await sofa.LogOut();

        await GoOn(stage);
        await news.Tells("turn 2 failed");
        Assert.NotEqual(0, (await stage.AsPerson("env", $"SSH_AUTH_SOCK={stage.StableSocket}", "ssh-add", "-l")).ExitCode);
    }

    private static async Task Hop(Login login, string host)
    {
        await login.Window.Type($"ssh -A {host}");
        await login.Window.Expect(Shell.Prompt);
    }

    private static async Task StartJob(Stage stage, Login login, News news, int turns)
    {
        string job = $"exec 3>{news.Path}\nmkfifo ~/go\nfor turn in $(seq {turns}); do ssh web01 $turn >&3 || echo turn $turn failed >&3; read -r go <~/go; done\n";
        await stage.Person.Write("job", job);
        await login.Window.Type("exec sh ~/job");
    }

    private static async Task GoOn(Stage stage) => (await stage.AsPerson("sh", "-c", "echo >~/go")).Succeeded();
}
