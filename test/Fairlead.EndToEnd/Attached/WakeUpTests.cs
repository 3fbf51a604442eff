using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>Knowing who types costs nothing while one person types on.</summary>
public class WakeUpTests
{
    private const int Lines = 40;

    /// <summary>For what a daemon may have to do meanwhile that has nothing to do with typing: far less than once a line, let alone once a key.</summary>
    private const int Allowance = Lines / 3;

    [Theory]
    [InlineData("true")]
    [InlineData("screen -S main")]
    [InlineData("tmux new-session -s main")]
    public async Task Typing_on_does_not_wake_the_daemon(string start)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await sofa.Window.Type(start);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        int daemon = await SocketPeer.ProcessOf(stage.StableSocket);
        await sofa.Ask("true");
        long before = WakeUps(daemon);
        for (int line = 0; line < Lines; line++)
        {
            await sofa.Ask("true");
        }

        Assert.InRange(WakeUps(daemon) - before, 0, Allowance);
    }

    /// <summary>How often its threads went to sleep, and so were woken.</summary>
    private static long WakeUps(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(thread => File.ReadLines(Path.Combine(thread, "status")))
            .Where(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture));
}
