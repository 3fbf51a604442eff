using Fairlead.EndToEnd.Chaos;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>Another user fills the folder in which logins are looked for, and goes on making and removing folders there.</summary>
public class FilledFolderTests
{
    private const string Fill =
        """
        my $name = shift;
        for (1..20000) { mkdir "ssh-" . sprintf($name, $_), 0700 or die "$!\n" }
        $| = 1;
        print "full\n";
        while (1) { my $next = sprintf($name, 90000 + $i++ % 10000); mkdir "ssh-$next"; rmdir "ssh-$next" }
        """;

    [Theory]
    [InlineData("%010d", Label = "as sshd names them")]
    [InlineData("%0246d", Label = "as long as a name can be")]
    public async Task It_costs_no_memory_and_hides_no_login(string names)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Account stranger = await stage.AddAccount();
        string shared = Path.Combine(stage.Folder, "shared");
        (await Invocation.Of("mkdir", "-m", "1777", shared).Run()).Succeeded();
        SshAgent first = await Begin(stage, $"{shared}/ssh-AAAAAAAAAA");
        ForegroundDaemon daemon = await ForegroundDaemon.StartWatching(stage, shared);
        Assert.Contains("AAAAAAAAAA", await List(stage, daemon), StringComparison.Ordinal);
        int process = await SocketPeer.ProcessOf(daemon.Socket);
        long before = DaemonVitals.Memory(process);

        LongRunning flood = stage.Keep(LongRunning.Start(new(["env", "-C", shared, .. Invocation.Of("setpriv", $"--reuid={stranger.UserId}",
            $"--regid={stranger.GroupId}", "--clear-groups", "perl", "-e", Fill, names).Words])));
        Assert.NotNull(await flood.Says(new("full")));
        for (int i = 0; i < 50; i++)
        {
            Assert.Contains("AAAAAAAAAA", await List(stage, daemon), StringComparison.Ordinal);
        }

        Assert.InRange(DaemonVitals.Memory(process) - before, -before, 2048);
        SshAgent second = await Begin(stage, $"{shared}/ssh-BBBBBBBBBB");
        using ProcessHandle ending = ProcessHandle.Open(first.ProcessId)!;
        ending.Kill();
        await ending.Ended();
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!(await List(stage, daemon)).Contains("BBBBBBBBBB", StringComparison.Ordinal))
        {
            Assert.False(late.IsCancellationRequested, "the second login's agent is not found");
        }

        Assert.Contains("BBBBBBBBBB", await second.List(), StringComparison.Ordinal);
    }

    /// <summary>An agent as a login has it, whose key is called like its folder.</summary>
    private static async Task<SshAgent> Begin(Stage stage, string folder)
    {
        (await stage.AsPerson("mkdir", "-m", "700", folder)).Succeeded();
        SshAgent agent = stage.Keep(await SshAgent.Start($"{folder}/agent.1", stage.Person));
        string name = Path.GetFileName(folder);
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, name), name));
        return agent;
    }

    private static async Task<string> List(Stage stage, ForegroundDaemon daemon) =>
        (await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={daemon.Socket}").Run()).Output;
}
