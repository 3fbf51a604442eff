using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Deploy;

/// <summary>Connections that ask, that break, and that are given up.</summary>
public class ConnectionTests
{
    /// <summary>What the network takes before it is cut, in bytes: more than the greeting, less than the program.</summary>
    private const int Cut = 1_000_000;

    [Fact]
    public async Task A_connection_that_breaks_while_the_program_is_sent_leaves_nothing()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await AddBehind(stage, fleet, "cut");

        Finished failed = await fleet.Deploy("--yes", "host");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("host: failed: the connection was lost, and nothing was changed", failed.Output, StringComparison.Ordinal);
        await IsClean(host);
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_leaves_nothing_and_says_so()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await AddBehind(stage, fleet, "stall");
        await using var deploy = LongRunning.Start(Invocation.Of(stage.Fairlead, "deploy", "--yes", "host").As(stage.Person));
        await FileEvent.Appears(host.Account.InHome(".local/bin"));

        int pid = AccountProcesses.Of(stage.Person.UserId).Single(id => File.ReadAllText($"/proc/{id}/cmdline").StartsWith($"{stage.Fairlead}\0deploy\0", StringComparison.Ordinal));
        (await stage.AsPerson("kill", "-INT", $"{pid}")).Succeeded();

        Assert.Equal(130, await deploy.Ended());
        Assert.Contains("host: failed: stopped before anything was changed\n", deploy.Said, StringComparison.Ordinal);
        await IsClean(host);
    }

    [Fact]
    public async Task A_password_is_asked_for_at_the_terminal_and_only_there()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        string hash = (await Invocation.Of("openssl", "passwd", "-6", "open sesame").Run()).Succeeded().Output.Trim();
        (await Invocation.Of("usermod", "-p", hash, account.Name).Run()).Succeeded();
        Machine host = await fleet.Add("host", account, "PasswordAuthentication yes\nPubkeyAuthentication no", "    PreferredAuthentications password\n");
        Machine easy = await fleet.Add("easy");

        Finished nobody = await fleet.Deploy("--yes", "host");
        Assert.Matches("host: failed: login refused: .*Permission denied", nobody.Output);

        await using TerminalWindow window = await TerminalWindow.Open(Path.Combine(stage.Folder, "window"), "here:", "PS1=here:", $"HOME={stage.Person.Home}", $"PATH={Invocation.SearchPath}");
        string id = $"{stage.Person.UserId}";
        await window.Type($"setpriv --reuid={id} --regid={stage.Person.GroupId} --init-groups {stage.Fairlead} deploy host easy");
        await window.Expect(Regex.Escape("Apply these changes? [y/N]"));
        await window.Type("y");
        await window.Expect("password:");
        Assert.True(easy.IsSetUp); // nobody waits for a password of another host
        await window.Type("open sesame");
        await window.Expect("all is well on 2 hosts");

        Assert.True(host.IsSetUp);
    }

    /// <summary>Nobody sees ssh ask for a touch: it is told after a while. And the answer of a person comes from the terminal where a list takes the input.</summary>
    [Fact]
    public async Task On_a_terminal_a_touch_is_spoken_of_and_the_whole_table_stays()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        string touched = stage.Person.InHome("touched");
        (await stage.AsPerson("mkfifo", touched)).Succeeded();
        await fleet.Add("host", account, "", $"    ProxyCommand sh -c 'read -r touch <{touched}; exec socat - TCP:%h:%p'\n");
        await stage.Person.Write("hosts", "host # the only one\n");
        await using TerminalWindow window = await TerminalWindow.Open(Path.Combine(stage.Folder, "window"), "here:", "PS1=here:", $"HOME={stage.Person.Home}", $"PATH={Invocation.SearchPath}");
        string id = $"{stage.Person.UserId}";

        await window.Type($"setpriv --reuid={id} --regid={stage.Person.GroupId} --init-groups {stage.Fairlead} deploy - <{stage.Person.InHome("hosts")}");
        await window.Expect(Regex.Escape("Apply these changes? [y/N]"));
        await window.Type("y");
        await window.Expect("host: waiting for ssh; touch your key if it blinks");
        await File.WriteAllTextAsync(touched, "touch\n");
        await window.Expect("all is well on 1 host\\s+here:");

        Assert.Matches("Apply these changes\\? \\[y/N\\] y\nhost  result\nhost  installed 0\\.[^\n]*\n\nall is well on 1 host\nhere:", await window.Screen());
    }

    [Fact]
    public async Task A_host_key_that_has_changed_is_never_asked_about()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        string known = stage.Person.InHome(".ssh/known_hosts");
        Machine other = await fleet.Add("other");
        string text = await File.ReadAllTextAsync(known);
        await File.WriteAllTextAsync(known, text.Replace(host.Server.Endpoint.HostKey, other.Server.Endpoint.HostKey, StringComparison.Ordinal));
        Machine fresh = await fleet.Add("fresh");
        await File.WriteAllTextAsync(known, (await File.ReadAllTextAsync(known)).Replace(fresh.Server.Endpoint.KnownHostsLine, "", StringComparison.Ordinal));

        Finished failed = await fleet.Deploy("--yes", "host", "fresh");

        Assert.Contains("host: failed: its host key has changed, and ssh refuses to connect\n", failed.Output, StringComparison.Ordinal);
        Assert.Contains("fresh: failed: its host key is not known; connect to it once with ssh", failed.Output, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    /// <summary>A server that drops connections is asked again, each host at a time of its own.</summary>
    [Fact]
    public async Task A_host_that_is_turned_away_comes_again()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        string count = stage.Person.InHome("tries");
        Machine host = await fleet.Add("host", account, "", $"    ProxyCommand sh -c 'echo >>{count}; [ $(wc -l <{count}) -gt 2 ] && exec socat - TCP:%h:%p'\n");

        (await fleet.Deploy("--yes", "host")).Succeeded();

        Assert.True(host.IsSetUp);
        Assert.Equal(3, (await File.ReadAllLinesAsync(count)).Length);
    }

    private static async Task<Machine> AddBehind(Stage stage, Fleet fleet, string then)
    {
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        return await fleet.Add("host", account, "", $"    ProxyCommand {PythonScript.Program} {PythonScript.PathOf("broken-way")} {then} {Cut} %h %p\n");
    }

    /// <summary>The script there is told of the end by its server, a moment later than the person.</summary>
    private static async Task IsClean(Machine host)
    {
        await FileEvent.Disappears(host.Account.InHome(".local"));
        Assert.Empty(host.Files);
        Assert.False(host.IsSetUp);
    }
}
