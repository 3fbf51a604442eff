using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Deploy;

/// <summary><c>fairlead deploy</c> to many machines at once.</summary>
public class FleetTests(ITestOutputHelper output)
{
    private static readonly string[] Once = ["fairlead", "fairlead.before"];

    [Fact]
    public async Task A_dozen_machines_half_of_them_behind_one_are_set_up_at_once_and_then_left_alone() => await DeployTwice(12, 12);

    /// <summary>Forty servers, by hand: the figures for the documentation.</summary>
    [Fact(Explicit = true)]
    [Trait("When", "by hand")]
    public async Task Forty_machines() => await DeployTwice(40, 8);

    [Fact]
    public async Task Names_are_patterns_and_lists_and_what_goes_wrong_with_one_is_its_own()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine one = await fleet.Add("app01");
        Machine two = await fleet.Add("app02");
        Machine three = await fleet.Add("app03");

        Finished asked = await fleet.Deploy("app*", "!app03");
        Assert.Equal((1, "fairlead: nothing was changed\nhint: ~/.local/bin/fairlead deploy --yes, or --check\n"), (asked.ExitCode, asked.Error));
        Assert.Contains(" on 2 hosts, as ~/.local/bin/fairlead:\n  app01 app02\n", asked.Output, StringComparison.Ordinal);
        Assert.Empty(one.Files);

        Finished looked = await fleet.Deploy("--check", "app*", "!app03");
        Assert.Equal((1, ""), (looked.ExitCode, looked.Error));
        Assert.Contains("app01  would get 0.1", looked.Output, StringComparison.Ordinal);
        Assert.Empty(one.Files);

        Finished list = await stage.AsPerson("setsid", "-w", "sh", "-c", $"echo app01 | {stage.Fairlead} deploy -");
        Assert.Equal((1, "fairlead: nothing was changed\nhint: ~/.local/bin/fairlead deploy --yes - <hosts\n"), (list.ExitCode, list.Error));
        Finished tooLong = await stage.AsPerson("sh", "-c", $"head -c 1048577 /dev/zero | tr '\\0' a | {stage.Fairlead} deploy --yes -");
        Assert.Equal((1, "fairlead: the list of hosts is longer than 1 MiB\nhint: ~/.local/bin/fairlead deploy - <hosts\n"), (tooLong.ExitCode, tooLong.Error));

        await stage.Person.Write("hosts", "app01 # the first\n\napp02\nnowhere.invalid\n");
        Finished done = await stage.AsPerson("sh", "-c", $"exec {stage.Fairlead} deploy --yes --json - <~/hosts");
        Assert.Equal(1, done.ExitCode);
        using var report = JsonDocument.Parse(done.Output);
        Assert.True(report.RootElement.GetProperty("changed").GetBoolean());
        Assert.Equal(
            ["app01 installed ", "app02 installed ", "nowhere.invalid failed not-reached"],
            report.RootElement.GetProperty("hosts").EnumerateArray().Select(host =>
                $"{host.GetProperty("host")} {host.GetProperty("state")} {(host.TryGetProperty("fault", out JsonElement fault) ? fault : default)}"));
        Assert.Equal((true, true, false), (one.IsSetUp, two.IsSetUp, three.IsSetUp));
    }

    [Fact]
    public async Task Many_deploys_into_one_home_that_machines_share_put_one_program_there()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine first = await fleet.Add("node1");
        for (int i = 2; i <= 6; i++)
        {
            await fleet.Add($"node{i}", first.Account);
        }

        await first.Place(await fleet.Build(stage.Person.InHome("old"), "0.0.1"));

        Finished done = (await fleet.Deploy("--yes", "node*")).Succeeded();

        Assert.Contains("all is well on 6 hosts", done.Output, StringComparison.Ordinal);
        Assert.Equal(Once, first.Files);
        Assert.True(first.IsSetUp);
        Assert.Equal("fairlead 0.0.1\n", (await first.Run(first.Program + ".before", "--version")).Output);

        (await fleet.Deploy("--yes", "--undo", "node1")).Succeeded();
        Assert.Equal("fairlead 0.0.1\n", (await first.Run(first.Program, "--version")).Output);
        Assert.Equal(["fairlead"], first.Files);
    }

    private async Task DeployTwice(int count, int jobs)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        var machines = new List<Machine> { await fleet.Add("bastion") };
        for (int i = 1; i < count; i++)
        {
            machines.Add(await fleet.Add($"m{i:00}", through: i % 2 == 0 ? "bastion" : null));
        }

        string[] words = ["--yes", "--jobs", jobs.ToString(CultureInfo.InvariantCulture), .. machines.Select(machine => machine.Name)];
        TimeSpan limit = count * TimeSpan.FromSeconds(10);
        var clock = Stopwatch.StartNew();
        Finished installed = (await fleet.Deploy(limit, words)).Succeeded();
        output.WriteLine($"{count} machines, {jobs} at a time: {clock.Elapsed.TotalSeconds:0.0} s");

        Assert.Contains($"all is well on {count} hosts", installed.Output, StringComparison.Ordinal);
        Assert.All(machines, machine => Assert.Equal(Once, machine.Files));
        Assert.All(machines, machine => Assert.True(machine.IsSetUp));
        byte[] program = await File.ReadAllBytesAsync(stage.Fairlead);
        Assert.All(machines, machine => Assert.Equal(program, File.ReadAllBytes(machine.Program)));

        clock.Restart();
        Finished again = (await fleet.Deploy(limit, words)).Succeeded();
        output.WriteLine($"again: {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(count, again.Output.Split('\n').Count(line => line.Contains(": nothing to do, ", StringComparison.Ordinal)));
    }
}
