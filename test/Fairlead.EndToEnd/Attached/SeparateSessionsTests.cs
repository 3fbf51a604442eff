using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>Two sessions, each attached from another laptop and used in the same moment: not one signature by the wrong laptop.</summary>
public class SeparateSessionsTests
{
    [Theory]
    [InlineData("tmux new-session -s one", "tmux new-session -s two", 200)]
    [InlineData("tmux -L one new-session", "tmux -L two new-session", 200)]
    [InlineData("screen -S one", "screen -S two", 200)]
    [InlineData("tmux new-session -s one", "screen -S two", 200)]
    public async Task Each_laptop_signs_for_the_session_that_it_shows(string first, string second, int rounds)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux) with { Start = first });
        await desk.Start(Multiplexer.Of(MultiplexerKind.Tmux) with { Start = second });
        for (int round = 0; round < rounds; round++)
        {
            string[] keys = await Task.WhenAll(sofa.KeySeenByWeb01(), desk.KeySeenByWeb01());
            Assert.Equal(["home-key", "work-key"], keys);
        }
    }

    [Theory]
    [InlineData("tmux new-session -s out", "screen -S in")]
    [InlineData("screen -S out", "tmux new-session -s in")]
    public async Task Through_multiplexers_inside_each_other_the_outermost_terminal_is_the_persons(string outside, string inside)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux) with { Start = outside });
        await sofa.Window.Type(inside);
        await sofa.Window.Expect(Shell.Prompt);
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }
}
