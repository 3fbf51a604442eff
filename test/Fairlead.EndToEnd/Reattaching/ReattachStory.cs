using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>The story that fairlead is for: work in a pane at the desk, detach, go home, reattach, and go on in the old pane.</summary>
internal static class ReattachStory
{
    /// <returns>The login that sits in the old pane at the end.</returns>
    public static async Task<Login> Play(Stage stage, MultiplexerKind kind, SocketLayout layout)
    {
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        var multiplexer = Multiplexer.Of(kind);

        Login desk = await work.LogIn(layout);
        await desk.Start(multiplexer);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await desk.Detach(multiplexer);
        await desk.LogOut();

        Login sofa = await home.LogIn(layout);
        await sofa.Reattach(multiplexer);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        return sofa;
    }
}
