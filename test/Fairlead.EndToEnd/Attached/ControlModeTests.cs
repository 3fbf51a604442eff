using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>iTerm2 attaches in control mode, where what is typed reaches tmux as commands.</summary>
public class ControlModeTests
{
    [Fact]
    public async Task Who_types_through_control_mode_signs()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        await desk.Start(Multiplexer.Of(MultiplexerKind.Tmux));
        await desk.Ask($"tmux set-hook -g client-attached \"run-shell 'echo attached >{news.Path}'\"");
        await sofa.Window.Type("tmux -CC attach-session -t main");
        await news.Tells("attached");
        for (int round = 0; round < 4; round++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());

            string turn = stage.NextTurn().ToString(CultureInfo.InvariantCulture);
            await sofa.Window.Type($"send-keys -t main \"ssh -n web01 {turn} >{news.Path}\" Enter");
            Assert.Contains($"web01 saw home-key in turn {turn}", (await news.Tells($"web01 saw .* in turn {turn}")).Value, StringComparison.Ordinal);
        }
    }
}
