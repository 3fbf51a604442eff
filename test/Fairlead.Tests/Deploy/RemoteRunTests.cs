using System.Diagnostics;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Deploy;

namespace Fairlead.Tests.Deploy;

/// <summary>What the script does in a home: whatever ends it, there is a program, and the way back.</summary>
public sealed class RemoteRunTests : IDisposable
{
    private const string FailingSetup = """
        case "$VERSION $1" in
          '2.0.0 setup') echo 2.0.0 >>"$HOME/rc"; echo 'fairlead: no place for the rc line' >&2; [ "$2" = --undo ] || exit 1 ;;
        esac
        """;

    /// <summary>Says that it has begun, and waits to be told to go on.</summary>
    private const string LongSetup = """
        case "$VERSION $1" in
          '2.0.0 setup') echo begun >"$HOME/begun"; read -r go <"$HOME/go"; exit "$go" ;;
        esac
        """;

    private static readonly string Other = OwnProgram.Architecture == "x86_64" ? "aarch64" : "x86_64";

    private readonly RemoteHome home = new();
    private readonly byte[] first;
    private readonly byte[] second;

    public RemoteRunTests()
    {
        first = home.Build("1.0.0");
        second = home.Build("2.0.0");
    }

    public void Dispose() => home.Dispose();

    [Fact]
    public void One_is_replaced_set_up_and_kept()
    {
        home.Place("fairlead", first);

        Assert.Equal(["done changed 2.0.0"], home.Put(second));

        Assert.Equal(["fairlead", "fairlead.before"], home.Files);
        AreThere(second, first);
        Assert.Equal(["2.0.0 setup --yes --json", "2.0.0 restart"], home.Calls);
    }

    /// <summary>systemd ends what a broken connection leaves (KillUserProcesses=yes); a machine may be shut down.</summary>
    [Theory]
    [InlineData("dash", LibC.SIGTERM)]
    [InlineData("bash", LibC.SIGTERM)]
    [InlineData("dash", LibC.SIGHUP)]
    public void A_signal_during_setup_lets_it_come_to_its_end(string shell, int signal)
    {
        home.Place("fairlead", first);

        Assert.Equal(["done changed 2.0.0"], Interrupt(shell, signal, "0"));

        Assert.Equal(["fairlead", "fairlead.before"], home.Files);
        AreThere(second, first);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("ksh")]
    public void A_signal_that_ends_setup_too_brings_the_former_program_back(string shell)
    {
        home.Place("fairlead", first);
        home.Place("fairlead.before", home.Build("0.1.0"));

        Assert.Equal(["fail setup"], Interrupt(shell, LibC.SIGTERM, "143"));

        Assert.Equal(["fairlead", "fairlead.before"], home.Files);
        AreThere(first, home.Build("0.1.0"));
        Assert.Equal(["2.0.0 setup --yes --json", "1.0.0 setup --yes --json", "1.0.0 restart"], home.Calls);
    }

    [Fact]
    public void After_SIGKILL_the_former_program_is_where_undo_looks_for_it()
    {
        home.Place("fairlead", first);
        home.Place("fairlead.before", home.Build("0.1.0"));

        Assert.Empty(Interrupt("sh", LibC.SIGKILL, "0"));
        AreThere(second, first);
        Directory.Delete(Path.Join(home.Bin, ".fairlead.lock"));
        home.Behave("");

        Assert.Equal(["done changed 1.0.0"], home.Run("undo"));

        Assert.Equal(["fairlead"], home.Files);
        Assert.Equal(first, home.Content("fairlead"));
    }

    [Fact]
    public void A_setup_that_has_come_half_way_is_followed_by_that_of_the_former_program()
    {
        home.Behave(FailingSetup);
        home.Place("fairlead", first);

        Assert.Equal(["fail setup no place for the rc line"], home.Put(second));

        Assert.Equal(["fairlead"], home.Files);
        Assert.Equal(first, home.Content("fairlead"));
        Assert.Equal(["2.0.0 setup --yes --json", "1.0.0 setup --yes --json", "1.0.0 restart"], home.Calls);
    }

    [Fact]
    public void Where_there_was_none_what_it_wrote_is_taken_away()
    {
        home.Behave(FailingSetup);

        Assert.Equal(["fail setup no place for the rc line"], home.Put(second));

        Assert.Empty(home.Files);
        Assert.Equal(["2.0.0 setup --yes --json", "2.0.0 setup --undo --yes"], home.Calls);
    }

    [Theory]
    [InlineData("setup", "fail not-set-up no place for it")]
    [InlineData("restart", "fail not-restarted no place for it")]
    public void An_undo_that_fails_behind_the_rename_says_what_is_there(string verb, string said)
    {
        home.Behave($"[ $1 != {verb} ] || {{ echo 'fairlead: no place for it' >&2; exit 1; }}");
        home.Place("fairlead", second);
        home.Place("fairlead.before", first);

        Assert.Equal([said], home.Run("undo"));

        Assert.Equal(["fairlead"], home.Files);
        Assert.Equal(first, home.Content("fairlead"));
    }

    [Fact]
    public void An_undo_that_cannot_take_the_lines_away_leaves_the_program()
    {
        home.Behave("[ \"$2\" != --undo ] || { echo 'fairlead: no place for it' >&2; exit 1; }");
        home.Place("fairlead", second);
        File.WriteAllText(Path.Join(home.Bin, "fairlead.before"), "");

        Assert.Equal(["fail not-undone no place for it"], home.Run("undo"));

        Assert.Equal(["fairlead", "fairlead.before"], home.Files);
    }

    [Theory]
    [InlineData("""echo '{"version":1,"changed":true}'""", "done changed 2.0.0")]
    [InlineData("""echo '{"version":1,"changed":false}'""", "done same 2.0.0")]
    [InlineData("[ \"$3\" != --json ] || exit 2; echo 'write a line. Done.'", "done changed 2.0.0")]
    [InlineData("[ \"$3\" != --json ] || exit 2; echo 'All of it is in place already.'", "done same 2.0.0")]
    public void Whether_setup_has_changed_anything_is_known_of_older_programs_too(string lines, string said)
    {
        home.Behave(lines);
        home.Place("fairlead", second);

        Assert.Equal([said], home.Run("setup"));
    }

    [Theory]
    [InlineData(0, "done same 2.0.0")]
    [InlineData(1, "done changed 2.0.0")]
    public void A_check_asks_setup_what_it_would_do(int status, string said)
    {
        home.Behave($"exit {status}");
        home.Place("fairlead", second);

        Assert.Equal([said], home.Run("check --systemd"));

        Assert.Equal(["2.0.0 setup --check --systemd"], home.Calls);
        Assert.Equal(["fairlead"], home.Files);
    }

    [Fact]
    public void What_undo_has_of_the_other_architecture_moves_with_it()
    {
        byte[] former = OfOther(first);
        home.Place("fairlead", OfOther(second));
        home.Place("fairlead.before", former);

        Assert.Equal(["done changed 2.0.0"], home.Put(second));

        string[] own = [$"fairlead-linux-{OwnProgram.Architecture}", $"fairlead-linux-{OwnProgram.Architecture}.before"];
        Assert.Equal([.. new[] { "fairlead", $"fairlead-linux-{Other}", $"fairlead-linux-{Other}.before" }.Concat(own).Order(StringComparer.Ordinal)], home.Files);
        Assert.Equal(former, home.Content($"fairlead-linux-{Other}.before"));
    }

    [Theory]
    [InlineData(FailingSetup, "", "fail setup no place for the rc line")]
    [InlineData("", "case $* in *.sh*) exit 1 ;; *) exec /bin/mv \"$@\" ;; esac", "fail write")]
    public void What_fails_between_two_architectures_leaves_both_names_as_they_were(string behave, string move, string said)
    {
        home.Behave(behave);
        home.Shim("mv", move.Length > 0 ? move : "exec /bin/mv \"$@\"");
        byte[] former = OfOther(first);
        home.Place("fairlead", OfOther(second));
        home.Place("fairlead.before", former);

        Assert.Equal([said], home.Put(second));

        Assert.Equal(["fairlead", "fairlead.before"], home.Files);
        AreThere(OfOther(second), former);
    }

    /// <summary>Nobody's clock is asked but that of the file system: the lock is as old as it looks from a file beside it.</summary>
    [Fact]
    public void A_lock_of_a_host_that_has_died_is_taken_away()
    {
        home.Shim("sleep", "");
        home.Place("fairlead", second);
        Directory.CreateDirectory(Path.Join(home.Bin, ".fairlead.lock"));
        Directory.SetLastWriteTimeUtc(Path.Join(home.Bin, ".fairlead.lock"), DateTime.UtcNow.AddSeconds(-1));

        string[] told = home.Run("setup");

        Assert.Equal("done same 2.0.0", told[^1]);
        Assert.All(told[..^1], line => Assert.Equal("wait", line));
        Assert.InRange(told.Length, 300, 310);
        Assert.Equal(["fairlead"], home.Files);
    }

    /// <summary>Two that wait find it stale at the same moment: the one that comes second must not take the lock of the first.</summary>
    [Fact]
    public void A_lock_that_was_made_meanwhile_is_left()
    {
        home.Place("fairlead", second);
        string held = Path.Join(home.Bin, ".fairlead.lock");
        Directory.CreateDirectory(held);
        home.Shim("sleep", "");
        home.Shim("find", $"/usr/bin/find \"$@\"; [ \"$1\" != '{held}' ] || {{ rmdir '{held}' && mkdir '{held}'; }}");

        Assert.Equal("fail lock", home.Run("setup")[^1]);

        Assert.Equal([".fairlead.lock", "fairlead"], home.Files);
    }

    [Theory]
    [InlineData("No space left on device", "fail full")]
    [InlineData("Disk quota exceeded", "fail full")]
    [InlineData("Permission denied", "fail denied")]
    public void A_lock_that_cannot_be_made_is_not_waited_for(string error, string said)
    {
        home.Place("fairlead", second);
        home.Shim("mkdir", $"echo \"mkdir: cannot create directory: {error}\" >&2; exit 1");

        Assert.Equal([said], home.Run("setup"));
    }

    /// <summary>Sends a signal while setup runs, which ends with that status after it.</summary>
    private string[] Interrupt(string shell, int signal, string status)
    {
        home.Behave(LongSetup);
        foreach (string name in (string[])["begun", "go"])
        {
            using var made = Process.Start("mkfifo", [home[name]]);
            made.WaitForExit();
        }

        Process script = home.StartPut(second, shell);
        Assert.Equal("begun\n", File.ReadAllText(home["begun"]));
        Assert.Equal(0, LibC.kill(script.Id, signal));
        File.WriteAllText(home["go"], status + "\n");
        return RemoteHome.Told(script);
    }

    private void AreThere(byte[] program, byte[] before)
    {
        Assert.Equal(program, home.Content("fairlead"));
        Assert.Equal(before, home.Content("fairlead.before"));
    }

    private static byte[] OfOther(byte[] program)
    {
        byte[] other = [.. program];
        other[18] = (byte)(program[18] == 62 ? 183 : 62);
        return other;
    }
}
