using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reach;

/// <summary>
/// A laptop's lid is closed, and nothing that is sent to it arrives. Agents have ten minutes for their answers here, and a test has less: what is passed over
/// is passed over because the kernel knows, not because a time was up.
/// </summary>
public class ClosedLidTests
{
    private const string Patient = "[patience]\nanswer = \"10m\"\n";

    [Fact]
    public async Task The_other_laptop_answers_and_the_first_is_back_by_itself_when_the_lid_is_opened()
    {
        Cable cable = await Cable.Lay();
        await using Stage stage = await Stage.Raise(cable: cable);
        await stage.Person.Write(".config/fairlead/config.toml", Patient);
        Login sofa = await (await stage.AddLaptop("home", cable, cable.Here)).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.OfTurns(stage, turns: 4);
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux));
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");

        await cable.Unplug();
        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 2");
        Assert.Contains("out of reach", await StatesOf(stage));
        (_, string status) = await desk.Ask($"{stage.Fairlead} status");
        Assert.Contains("out of reach", status, StringComparison.Ordinal);
        await desk.Window.Type($"{stage.Fairlead} watch");
        await desk.Window.Expect("out of reach");
        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 3");

        await cable.Plug();
        await Answers(stage);
        await job.GoOn();
        await job.Tells("web01 saw home-key in turn 4");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_laptop_that_is_met_behind_a_closed_lid_is_passed_over_as_well(bool isLinkLocal)
    {
        Cable cable = await Cable.Lay();
        await using Stage stage = await Stage.Raise(cable: cable);
        await stage.Person.Write(".config/fairlead/config.toml", Patient);
        Login sofa = await (await stage.AddLaptop("home", cable, isLinkLocal ? Cable.LinkLocal : cable.Here)).LogIn();
        _ = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.OfTurns(stage);
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux));
        await sofa.Window.Type(Job.Start);
        await job.Tells("web01 saw home-key in turn 1");

        await stage.KillDaemon();
        await cable.Unplug();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        await job.GoOn();
        await job.Tells("web01 saw work-key in turn 2");
    }

    [Fact]
    public async Task Alone_it_leaves_ssh_to_its_other_ways()
    {
        Cable cable = await Cable.Lay();
        await using Stage stage = await Stage.Raise(cable: cable);
        Login sofa = await (await stage.AddLaptop("home", cable, cable.Here)).LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        await cable.Unplug();
        Assert.NotEqual(0, (await stage.AsPerson("env", $"SSH_AUTH_SOCK={stage.StableSocket}", "ssh-add", "-l")).ExitCode);
        Finished status = await stage.AsPerson(stage.Fairlead, "status");
        Assert.Equal("", status.Error);
        Assert.Matches("no agent answers here: .+ is out of reach", Regex.Replace(status.Output, @"\s+", " "));
        Finished doctor = await stage.AsPerson(stage.Fairlead, "doctor");
        Assert.Contains("is out of reach", doctor.Output, StringComparison.Ordinal);
    }

    /// <summary>Six hundred milliseconds there and as many back, which is twice what a satellite takes: far beyond the time-out of a local network.</summary>
    [Fact]
    public async Task Over_a_satellite_a_laptop_is_never_out_of_reach()
    {
        Cable cable = await Cable.LaySlow(TimeSpan.FromMilliseconds(300));
        await using Stage stage = await Stage.Raise(cable: cable);
        Login sofa = await (await stage.AddLaptop("home", cable, cable.Here)).LogIn();
        _ = await (await stage.AddLaptop("work")).LogIn();
        for (int turn = 0; turn < 2; turn++)
        {
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
            Assert.DoesNotContain("out of reach", await StatesOf(stage));
        }
    }

    private static async Task<string[]> StatesOf(Stage stage)
    {
        Finished status = (await stage.AsPerson(stage.Fairlead, "status", "--json")).Succeeded();
        return [.. JsonElement.Parse(status.Output).GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("state").GetString()!)];
    }

    /// <summary>All agents have answered what they owed. Each look is a question to the daemon.</summary>
    private static async Task Answers(Stage stage)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while ((await StatesOf(stage)).Any(state => state != "live"))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
