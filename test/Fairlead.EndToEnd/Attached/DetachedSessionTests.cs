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
        await using Job job = await Job.OfTurns(stage);
        await sofa.Start(multiplexer);
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");
        await sofa.Detach(multiplexer);

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 2");

        await sofa.LogOut();
        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 3");
    }

    /// <summary>Nobody asked while home was attached, and work, which started the session, has typed since.</summary>
    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task Who_only_looked_in_was_there_last_all_the_same(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise();
        var multiplexer = Multiplexer.Of(kind);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.Waiting(stage, "waiting", "ssh -n web01 1 >&3");
        await Begin(job, desk, multiplexer);
        await desk.Detach(multiplexer);

        await DaemonSees(stage, () => sofa.Reattach(multiplexer));
        await sofa.Detach(multiplexer);
        await desk.Ask("true");

        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 1");
    }

    /// <summary>The login that started the session is gone, and while the next one was attached it was alone: there was nothing to choose.</summary>
    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task Who_was_there_alone_was_there_last(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise();
        var multiplexer = Multiplexer.Of(kind);
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        await using Job job = await Job.Waiting(stage, "waiting", "ssh -n web01 1 >&3");
        Login first = await home.LogIn();
        await Begin(job, first, multiplexer);
        await first.Detach(multiplexer);
        await first.LogOut();

        Login sofa = await home.LogIn();
        await DaemonSees(stage, () => sofa.Reattach(multiplexer));
        await sofa.Detach(multiplexer);
        Login desk = await work.LogIn();
        await desk.Ask("true");

        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 1");
    }

    /// <summary>One login takes the session over from another one, and leaves it: at no moment was nobody attached.</summary>
    [Theory]
    [InlineData(MultiplexerKind.Tmux, "tmux attach-session -d -t main")]
    [InlineData(MultiplexerKind.Screen, "screen -d -r main")]
    public async Task Who_took_the_session_over_was_there_last(MultiplexerKind kind, string takeOver)
    {
        await using Stage stage = await Stage.Raise();
        var multiplexer = Multiplexer.Of(kind);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.Waiting(stage, "waiting", "ssh -n web01 1 >&3");
        await DaemonSees(stage, () => Begin(job, sofa, multiplexer));

        await DaemonSees(stage, () => desk.Reattach(multiplexer with { Reattach = takeOver }));
        await desk.Detach(multiplexer);
        await sofa.Ask("true");

        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 1");
    }

    /// <summary>Both are sent away at once, with no key pressed: tmux's own note names work, which attached last.</summary>
    [Theory]
    [InlineData(MultiplexerKind.Tmux, "tmux attach-session -t main", "tmux detach-client -s main")]
    [InlineData(MultiplexerKind.Screen, "screen -x main", "screen -d main")]
    public async Task Of_two_who_were_there_the_one_who_typed_last_was_there_last(MultiplexerKind kind, string join, string sendAway)
    {
        await using Stage stage = await Stage.Raise();
        var multiplexer = Multiplexer.Of(kind);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.Waiting(stage, "waiting", "ssh -n web01 1 >&3");
        await Begin(job, sofa, multiplexer);
        await DaemonSees(stage, async () =>
        {
            await desk.Reattach(multiplexer with { Reattach = join });
            await desk.Ask("true"); // the socket does not report who joins: at the latest their first key does
        });
        await sofa.Ask("true");
        await DaemonHasSeen(stage);

        (await stage.AsPerson(sendAway.Split(' '))).Succeeded();
        await desk.Window.Expect(@"\[(remote )?detached \(?from ");
        await sofa.Window.Expect(@"\[(remote )?detached \(?from ");
        await desk.Ask("true");
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 1");
    }

    private static async Task Begin(Job job, Login login, Multiplexer multiplexer)
    {
        await login.Start(multiplexer);
        await login.Window.Type("sh ~/job &");
        await job.Tells("waiting");
    }

    /// <summary>
    /// Somebody attaches, and the daemon has noted it. The multiplexer shows the session a moment before the mode of its socket says so: a
    /// report may come in between. Of each note the daemon tells the prompts of shells.
    /// </summary>
    private static async Task DaemonSees(Stage stage, Func<Task> attach)
    {
        await DaemonHasSeen(stage);
        (await stage.AsPerson("touch", stage.State("moved"))).Succeeded();
        Task noted = stage.NotesAttachment();
        await attach();
        await noted.InTime();
        await DaemonHasSeen(stage);
    }

    /// <summary>A report waits until all that the daemon saw before it is noted.</summary>
    private static async Task DaemonHasSeen(Stage stage) => await stage.AsPerson(stage.Fairlead, "status");
}
