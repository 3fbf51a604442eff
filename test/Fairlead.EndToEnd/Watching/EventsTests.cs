using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Watching;

/// <summary>Requests as they pass, for programs.</summary>
public class EventsTests
{
    private const int NoDaemon = 3;

    [Fact]
    public async Task An_ssh_to_web01_is_told_with_its_key_its_agent_and_the_name_of_web01()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await using LongRunning events = await Begin(stage);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        Match line = await Told(events, "\"request\":\"sign\"");
        JsonElement sign = JsonElement.Parse(line.Value);
        Assert.Equal(("request", "answered", "only"), (Text(sign, "event"), Text(sign, "outcome"), Text(sign, "reason")));
        Assert.Equal("home-key", Text(sign.GetProperty("key"), "comment"));
        Assert.Equal("web01", Text(sign.GetProperty("host"), "name"));
        Assert.Equal(("ssh", "web01"), (Text(sign.GetProperty("caller"), "command"), Text(sign.GetProperty("caller"), "destination")));
        Assert.StartsWith("127.0.0.1 (pts/", Text(sign, "agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_known_hosts_has_as_a_hash_is_found_by_what_was_typed()
    {
        await using Stage stage = await Stage.Raise();
        (await stage.AsPerson("ssh-keygen", "-H", "-f", stage.Person.InHome(".ssh/known_hosts"))).Succeeded();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await using LongRunning events = await Begin(stage);

        await sofa.KeySeenByWeb01();

        await Told(events, "\"request\":\"sign\".*\"name\":\"web01\"");
        Assert.All(await File.ReadAllLinesAsync(stage.Person.InHome(".ssh/known_hosts")), line => Assert.StartsWith("|1|", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_end_with_the_daemon_and_say_how_to_go_on()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        await using LongRunning events = await Begin(stage);

        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        Assert.Equal(NoDaemon, await events.Ended());
        Assert.EndsWith("fairlead: the daemon has ended\nhint: ~/.local/bin/fairlead events\n", events.Said, StringComparison.Ordinal);
    }

    /// <summary>Asks until the first request is told.</summary>
    internal static async Task<LongRunning> Begin(Stage stage)
    {
        var events = LongRunning.Start(Invocation.Of(stage.Fairlead, "events").As(stage.Person));
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!events.Said.Contains('\n'))
        {
            late.Token.ThrowIfCancellationRequested();
            await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={stage.StableSocket}").Run();
        }
        return events;
    }

    internal static async Task<Match> Told(LongRunning events, string pattern) =>
        await events.Says(new Regex($"(?m)^.*{pattern}.*$", RegexOptions.CultureInvariant)) ?? throw new InvalidOperationException($"they ended: {events.Said}");

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
