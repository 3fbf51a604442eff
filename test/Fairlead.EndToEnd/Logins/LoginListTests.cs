using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>What <c>fairlead status</c> knows of logins that matter for no choice, and what it calls agents.</summary>
public class LoginListTests
{
    [Fact]
    public async Task Logins_without_an_agent_are_listed_too()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home", "127.0.0.2")).LogIn();
        Login visit = await (await stage.AddLaptop("phone", "127.0.0.3")).LogInWithoutForwarding();
        (_, string terminal) = await visit.Ask("tty");

        (_, string status) = await sofa.Ask("~/.local/bin/fairlead status");

        Assert.Matches($@"{stage.Person.Name} \(\d+\)\s+127\.0\.0\.3\s+{terminal["/dev/".Length..]} typed", status);
        Assert.Contains("no agent forwarded", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_logins_without_a_terminal_from_one_address_have_two_names_and_either_can_be_pinned()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        (await stage.AsPerson("mkfifo", "never")).Succeeded();
        await using var first = LongRunning.Start(home.Ssh("-A", "gateway", "echo up; exec cat ~/never"));
        await using var second = LongRunning.Start(home.Ssh("-A", "gateway", "echo up; exec cat ~/never"));
        await Task.WhenAll(first.Says(new("up")), second.Says(new("up")));

        using var list = JsonDocument.Parse((await stage.AsPerson(stage.Fairlead, "list", "--json")).Output);
        string[] names = [.. list.RootElement.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("agent").GetString()!)];

        Assert.Equal(2, names.Distinct().Count());
        foreach (string name in names)
        {
            using var pinned = JsonDocument.Parse((await stage.AsPerson(stage.Fairlead, "pin", "--json", name)).Output);
            Assert.Equal(name, pinned.RootElement.GetProperty("agent").GetString());
        }

        using var unpinned = JsonDocument.Parse((await stage.AsPerson(stage.Fairlead, "unpin", "--json")).Output);
        Assert.Equal(names[1], unpinned.RootElement.GetProperty("agent").GetString());
        Assert.Equal("{\"version\":1}\n", (await stage.AsPerson(stage.Fairlead, "unpin", "--json")).Output);
    }
}
