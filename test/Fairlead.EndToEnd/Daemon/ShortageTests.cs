using System.Globalization;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>A process that lacks what every process has: its streams, descriptors, threads, /dev, /proc. One sentence each, and never a signal.</summary>
public class ShortageTests
{
    private const int Failed = 1;
    private const int NoDaemon = 3;

    /// <summary>SSH2_AGENTC_REQUEST_IDENTITIES.</summary>
    private static readonly byte[] List = [0, 0, 0, 1, 11];

    [Theory]
    [InlineData("0<&-")]
    [InlineData("1>&-")]
    [InlineData("2>&-")]
    [InlineData("1>&- 2>&-")]
    [InlineData("0<&- 1>&- 2>&-")]
    public async Task Closed_streams_are_no_signal_and_nothing_is_written_elsewhere(string closed)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        foreach (string verb in new[] { "status", "list", "why", "doctor", "config", "setup", "path", "env bash", "events", "watch", "init bash", "start", "help", "nonsense" })
        {
            Finished finished = await stage.AsPerson("sh", "-c", $"exec timeout 1 {stage.Fairlead} {verb} {closed}");
            Assert.True(finished.ExitCode is >= 0 and < 4 or 124, $"{verb} {closed}: {finished.ExitCode}\n{finished.Error}");
            Assert.DoesNotContain("   at ", finished.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1>&- 2>&-")]
    [InlineData("0<&- 1>&- 2>&-")]
    public async Task A_daemon_without_streams_writes_its_log_into_no_other_file(string closed)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        ForegroundDaemon daemon = await ForegroundDaemon.Start(
            stage, "[discovery]\nfolders = []\n", command => new(["sh", "-c", $"exec \"$@\" {closed}", "sh", .. command.Words]));
        string folder = Path.GetDirectoryName(daemon.Socket)!;
        Task<Finished> Ask() => Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={daemon.Socket}").Run();
        await Ask(); // who answers has written all that a start writes
        Dictionary<string, string> before = Contents(folder);

        (await Invocation.Of("kill", "-HUP", daemon.ProcessId.ToString(CultureInfo.InvariantCulture)).Run()).Succeeded();
        await Ask();

        Assert.Equal(before, Contents(folder));
        string[] links = [.. new[] { 0, 1, 2 }.Select(number => new FileInfo($"/proc/{daemon.ProcessId}/fd/{number}").LinkTarget!)];
        Assert.All(links, link => Assert.True(link == "/dev/null" || link.StartsWith("pipe:", StringComparison.Ordinal), link));
    }

    [Fact]
    public async Task Few_descriptors_are_said()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();

        foreach (string verb in new[] { "daemon", "status", "start", "watch" })
        {
            Finished finished = await Invocation.Of("prlimit", "--nofile=7:7", stage.Fairlead, verb).As(stage.Person).Run();
            Assert.Equal((Failed, "", "fairlead: 7 open files are too few (RLIMIT_NOFILE)\nhint: ulimit -n 1024\n"), (finished.ExitCode, finished.Output, finished.Error));
        }
        Finished init = await Invocation.Of("prlimit", "--nofile=7:7", stage.Fairlead, "init", "bash").As(stage.Person).Run();
        Assert.Equal((0, ""), (init.ExitCode, init.Error));
    }

    /// <summary>
    /// Two: the one that the program begins with, and the one that the runtime starts before it. Each by a person of whom nothing has ever run: one that has
    /// just ended counts for a moment.
    /// </summary>
    [Fact]
    public async Task A_daemon_that_gets_no_thread_says_so_and_a_login_goes_on()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        string fairlead = Path.Combine(stage.Folder, "fairlead");
        File.Copy(FairleadBinary.Existing, fairlead);

        Finished daemon = await Invocation.Of("prlimit", "--nproc=2:2", fairlead, "daemon").As(await stage.AddAccount()).Run();
        Finished init = await Invocation.Of("prlimit", "--nproc=2:2", fairlead, "init", "bash").As(await stage.AddAccount()).Run();

        Assert.Equal((Failed, "fairlead: a thread cannot be started: the system has none left for now\nhint: ulimit -u\n"), (daemon.ExitCode, daemon.Error));
        Assert.Equal((0, ""), (init.ExitCode, init.Error));
    }

    [Theory]
    [InlineData("/dev")]
    [InlineData("/proc")]
    public async Task Without_these_files_a_daemon_answers_all_the_same(string folder)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string[] hide = ["unshare", "--mount", "--propagation", "private", "sh", "-c", $"mount -t tmpfs none {folder} && exec \"$@\"", "sh"];

        ForegroundDaemon daemon = await ForegroundDaemon.Start(stage, "[discovery]\nfolders = []\n", command => new([.. hide, .. command.Words]));

        using RawClient client = await RawClient.Connect(daemon.Socket);
        await client.Send(List);
        Assert.Equal("05", await client.ReadFrame()); // SSH_AGENT_FAILURE: nobody has keys
        foreach (string verb in new[] { "status", "doctor", "init", "exec" })
        {
            string[] arguments = verb switch { "init" => ["init", "bash"], "exec" => ["exec", "--wait", "1s", "--", "true"], _ => [verb] };
            Finished finished = await new Invocation([.. hide, .. Invocation.Of([stage.Fairlead, .. arguments]).As(stage.Person).Words]).Run();
            Assert.True(finished.ExitCode is >= 0 and <= NoDaemon or 126, $"{verb}: {finished.ExitCode}\n{finished.Error}");
            Assert.DoesNotContain("internal error", finished.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"status":{}}""")]
    [InlineData("""{"status":null,"list":{"agents":null},"why":{"version":1}}""")]
    [InlineData("""{"later":{}}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("what?")]
    [InlineData("""{"error":"no such verb"}""")]
    public async Task A_daemon_of_another_version_is_said_to_be_one(string reply)
    {
        const string answer = "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\ns.listen()\nprint('listens',flush=True)\nwhile 1:\n c=s.accept()[0]\n c.recv(4096)\n c.send((sys.argv[2]+chr(10)).encode())\n c.close()";
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        LongRunning other = stage.Keep(LongRunning.Start(Invocation.Of(PythonScript.Program, "-c", answer, stage.ControlSocket, reply).As(stage.Person)));
        Assert.NotNull(await other.Says(new("listens")));

        foreach (string verb in new[] { "status", "list", "why", "pin x", "unpin", "env", "wait --timeout 1s", "restart" })
        {
            Finished finished = await stage.AsPerson("sh", "-c", $"exec {stage.Fairlead} {verb}");
            Assert.True(finished.ExitCode is Failed or NoDaemon or 0, $"{verb}: {finished.ExitCode}\n{finished.Error}");
            Assert.True(finished.Error.Length == 0 || finished.Error.StartsWith("fairlead: ", StringComparison.Ordinal), finished.Error);
            Assert.DoesNotContain("internal error", finished.Error, StringComparison.Ordinal);
            Assert.True(finished.Error.Count(c => c == '\n') <= 2, finished.Error);
        }
    }

    private static Dictionary<string, string> Contents(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => new FileInfo(file).Length > 0).ToDictionary(file => file, File.ReadAllText);
}
