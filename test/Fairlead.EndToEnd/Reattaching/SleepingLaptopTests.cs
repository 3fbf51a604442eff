using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>A laptop falls asleep without a word: its ssh client stands still, and the gateway keeps a socket that accepts and never answers.</summary>
public class SleepingLaptopTests
{
    [Fact]
    public async Task The_other_laptop_signs_and_the_first_one_is_back_when_it_wakes_up()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        await using Job job = await Job.OfTurns(stage);
        await sofa.Start(tmux);
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");
        Assert.Equal("work-key", await desk.KeySeenByWeb01());

        int client = await sofa.Window.ForegroundProcess();
        Signal("STOP", client);
        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 2");
        (_, string status) = await desk.Ask($"{stage.Fairlead} status");
        Assert.Contains("stalled", status, StringComparison.Ordinal);

        Signal("CONT", client);
        await Awake(stage, desk);
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 3");
    }

    [Fact]
    public async Task Alone_it_leaves_ssh_to_its_other_ways_instead_of_hanging()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[patience]\nawake = \"5s\"\n"); // its kernel acknowledges for it
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        int client = await sofa.Window.ForegroundProcess();
        Signal("STOP", client);
        Finished asked = await stage.AsPerson("env", $"SSH_AUTH_SOCK={stage.StableSocket}", "ssh-add", "-l");
        Assert.NotEqual(0, asked.ExitCode);
        Signal("CONT", client);
    }

    private static void Signal(string name, int process) =>
        Invocation.Of("kill", $"-{name}", process.ToString(System.Globalization.CultureInfo.InvariantCulture)).Run().GetAwaiter().GetResult().Succeeded();

    /// <summary>The laptop has answered what it owed. Each look is a question to the daemon.</summary>
    private static async Task Awake(Stage stage, Login desk)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while ((await desk.Ask($"{stage.Fairlead} status")).Output.Contains("stalled", StringComparison.Ordinal))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
