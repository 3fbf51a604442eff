using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>A rule for the sessions of one name.</summary>
public class NamedSessionTests
{
    [Theory]
    [InlineData("tmux new-session -s deploy", "tmux new-session -s deployment")]
    [InlineData("screen -S deploy", "screen -S deployment")]
    public async Task Only_the_session_of_that_name_is_denied(string denied, string other)
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[[rule]]\nwhen = { session = \"deploy\" }\nuse = \"none\"\n", "600");
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Login desk = await home.LogIn();
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux) with { Start = denied });
        await desk.Start(Multiplexer.Of(MultiplexerKind.Tmux) with { Start = other });

        Assert.Null((await sofa.TryWeb01()).Key);
        Assert.Equal("home-key", await desk.KeySeenByWeb01());
        (int exitCode, string why) = await sofa.Ask("~/.local/bin/fairlead why");
        Assert.Equal(4, exitCode);
        Assert.Contains("session = \"deploy\"", why, StringComparison.Ordinal);
        Assert.Contains(" session deploy (process", why, StringComparison.Ordinal);
    }
}
