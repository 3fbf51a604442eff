using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Waiting;

/// <summary>Waiting in the request itself: what has begun is answered on the same connection when the laptop comes.</summary>
public class HeldRequestTests
{
    [Fact]
    public async Task An_ssh_that_was_started_while_nobody_was_there_logs_in_when_somebody_is()
    {
        await using Stage stage = await Stage.Raise();
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        await using Job job = await DetachedJob.Begin(stage, work, "FAIRLEAD_WAIT=60s ssh web01 held");
        JsonElement waiting = await OnlyWaiter(stage);
        Assert.Equal("ssh", waiting.GetProperty("command").GetString());
        Assert.True(waiting.TryGetProperty("until", out _));
        string before = stage.Web01.Log;

        await home.LogIn();

        await job.Tells(@"web01 saw home-key in turn held\s+over: 0");
        Assert.DoesNotContain("Connection from", stage.Web01.Log[before.Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh-add -l", "home-key")]
    [InlineData("ssh-keygen -q -Y sign -f home.pub -n file <text", "BEGIN SSH SIGNATURE")]
    public async Task What_waits_by_the_configuration_is_answered_when_the_laptop_comes(string command, string answer)
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[wait]\ntime = \"8h\"\n");
        Laptop home = await stage.AddLaptop("home");
        await stage.Person.Write("home.pub", home.Key.Public + "\n");
        await stage.Person.Write("text", "text\n");
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        await using var held = LongRunning.Start(Client(stage, command));
        await OnlyWaiter(stage);

        await home.LogIn();

        Assert.Equal(0, await held.Ended());
        Assert.Contains(answer, held.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_killed_leaves_nothing_behind()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[wait]\ntime = \"8h\"\n");
        await using var job = LongRunning.Start(Client(stage, "exec sleep infinity")); // the daemon waits for the end of one process, and of this one alone
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        int daemon = await SocketPeer.ProcessOf(stage.StableSocket);
        await Waiters.Become(stage, 0);
        int before = Held(daemon);

        for (int turn = 0; turn < 3; turn++)
        {
            await using var client = LongRunning.Start(Client(stage, "exec ssh-add -l"));
            await using var wait = LongRunning.Start(Client(stage, $"exec {stage.Fairlead} wait"));
            foreach (JsonElement waiting in await Waiters.Become(stage, 2))
            {
                using ProcessHandle? process = ProcessHandle.Open(waiting.GetProperty("pid").GetInt32());
                process!.Kill();
            }
            await Waiters.Become(stage, 0);
        }

        Assert.Equal(before, Held(daemon));
        Assert.Equal(0, Status(await stage.AsPerson(stage.Fairlead, "status", "--json")).GetProperty("conversations").GetInt32());
    }

    /// <summary>Sockets, watches, processes. After each command the daemon looks for logins: files and folders that it reads come and go.</summary>
    private static int Held(int daemon) => ProcessHandle.DescriptorsOf(daemon).Count(target => !target.StartsWith('/'));

    [Fact]
    public async Task For_people_status_tells_who_waits()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[wait]\ntime = \"8h\"\n");
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        await using var client = LongRunning.Start(Client(stage, "exec ssh-add -l"));
        JsonElement waiting = await OnlyWaiter(stage);

        Finished status = await stage.AsPerson(stage.Fairlead, "status");

        Assert.Matches($@"waits for an agent +since +until\nssh-add \({waiting.GetProperty("pid").GetInt32()}\) +.+ +in 7 h\n", status.Output);
    }

    private static Invocation Client(Stage stage, string command) =>
        Invocation.Of("sh", "-c", command).As(stage.Person, $"SSH_AUTH_SOCK={stage.StableSocket}");

    private static async Task<JsonElement> OnlyWaiter(Stage stage) => Assert.Single(await Waiters.Become(stage, 1));

    private static JsonElement Status(Finished status) => JsonElement.Parse(status.Output);
}
