using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>An editor's or coding agent's server that was started from one laptop and is used from another, over a connection without a terminal.</summary>
public class ConnectedServerTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("terminal")]
    [InlineData("twice")]
    public async Task What_it_runs_is_answered_by_the_login_that_is_connected_to_it(string way)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login desk = await work.LogIn();
        EditorServer server = await EditorServer.Start(stage, desk, way);
        Login sofa = await home.LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("work-key", await server.KeySeenByWeb01());

        await server.Connect(home);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        Assert.Equal("home-key", await server.KeySeenByWeb01());

        LongRunning second = await server.Connect(work);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("work-key", await server.KeySeenByWeb01());

        await server.Leave(second);
        Assert.Equal("home-key", await server.KeySeenByWeb01());
    }
}
