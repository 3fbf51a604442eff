using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>A session is started at work and left; its person logs in from home, the login at work ends, and the session is taken up again.</summary>
internal sealed record HomeComing(Stage Stage, Func<Laptop, Task<Login>> LogInAtWork, Func<Laptop, Task<Login>> LogInAtHome)
{
    public const string WorkAddress = "127.0.0.2";
    public const string HomeAddress = "127.0.0.3";

    public HomeComing(Stage stage)
        : this(stage, laptop => laptop.LogIn(), laptop => laptop.LogIn())
    {
    }

    /// <summary>What is asked in both logins, before they enter the session.</summary>
    public required string Question { get; init; }

    public MultiplexerKind Kind { get; init; } = MultiplexerKind.Tmux;

    /// <summary>The shells of the session refresh their variables themselves: nothing is typed before they can.</summary>
    public bool WaitsForNotice { get; init; }

    /// <returns>The login that sits in the old pane, and what was answered in both logins.</returns>
    public async Task<(Login Sofa, string AtWork, string AtHome)> Play()
    {
        Laptop work = await Stage.AddLaptop("work", WorkAddress);
        Laptop home = await Stage.AddLaptop("home", HomeAddress);
        var multiplexer = Multiplexer.Of(Kind);
        Login desk = await LogInAtWork(work);
        string atWork = (await desk.Ask(Question)).Output;
        await desk.Start(multiplexer);
        Assert.Equal(atWork, (await desk.Ask(Question)).Output);
        await desk.Detach(multiplexer);
        Login sofa = await LogInAtHome(home);
        string atHome = (await sofa.Ask(Question)).Output;
        Assert.NotEqual(atWork, atHome);
        await desk.LogOut();

        Task noticed = WaitsForNotice ? Stage.NotesAttachment() : Task.CompletedTask;
        await sofa.Reattach(multiplexer);
        await noticed;
        return (sofa, atWork, atHome);
    }
}
