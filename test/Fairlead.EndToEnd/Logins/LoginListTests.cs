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

        (_, string status) = await sofa.Ask("~/.local/bin/fairlead status --all");

        Assert.Matches($@"{stage.Person.Name} \(\d+\)\s+127\.0\.0\.3\s+{terminal["/dev/".Length..]} typed", status);
        Assert.Contains("no agent seen", status, StringComparison.Ordinal);
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

    /// <summary>OpenSSH's own sftp server is a child of the session process with a title of its own, and nothing of it can be read.</summary>
    [Fact]
    public async Task A_login_of_sftp_is_one_login_with_a_name()
    {
        const string begin = "(printf '\\0\\0\\0\\5\\1\\0\\0\\0\\3'; exec tail -f /dev/null)";
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await File.WriteAllTextAsync(stage.Gateway.AuthorizedKeys, $"command=\"internal-sftp\" {home.Key.Public}\n");
        await using var files = LongRunning.Start(home.Command(
            "sh", "-c", $"{begin} | ssh -F {home.SshConfig} -A -s gateway sftp | {{ head -c 4 >/dev/null; echo up; cat >/dev/null; }}"));
        await files.Says(new("up"));
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        string status = (await stage.AsPerson(stage.Fairlead, "status", "--all")).Output;

        Assert.DoesNotContain("internal-sftp", status, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^{stage.Person.Name} \(login (\d+)\)\s+forwarded\s+live\s+login \1 without a terminal", status);
        Assert.Matches($@"(?m)^{stage.Person.Name} \(\d+\)\s+not known\s+none\s+{stage.Person.Name} \(login", status);
    }

    [Fact]
    public async Task An_agent_that_is_found_by_itself_is_called_forwarded()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn(SocketLayout.HomeFolder);

        (_, string status) = await sofa.Ask("~/.local/bin/fairlead status --all");

        Assert.Contains("forwarded", status, StringComparison.Ordinal);
        Assert.DoesNotContain("registered", status, StringComparison.Ordinal);
    }
}
