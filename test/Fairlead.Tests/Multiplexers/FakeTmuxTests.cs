using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>
/// A tmux that hangs, fails or lies. The fake server is a Perl that calls itself as tmux does; asked by its own program (<c>/proc/SERVER/exe -S
/// SOCKET</c>) it is Perl that runs the "socket" as a script.
/// </summary>
public sealed class FakeTmuxTests : IDisposable
{
    private const string Server = """
        $0 = 'tmux: server';
        $ENV{TMUX} = "$ARGV[0],$$,0";
        $ENV{TMUX_PANE} = '%0';
        my $pane = fork;
        exec $^X, '-e', '$| = 1; print "$$\n"; <STDIN>' if !$pane;
        waitpid $pane, 0;
        """;

    private readonly TempFolder folder = new();
    private readonly Clock clock = new();
    private readonly MultiplexerReader reader;

    public FakeTmuxTests() => reader = new MultiplexerReader(clock);

    [Theory]
    [InlineData("sleep 1 while 1;")]
    [InlineData("close STDOUT; sleep 1 while 1;")]
    [InlineData("$| = 1; print 'x' x 999 while 1;")]
    [InlineData("exit 1;")]
    [InlineData("kill 9, $$;")]
    [InlineData("print map { chr int rand 256 } 1 .. 9999;")]
    [InlineData("print qq(C|1|2|0|0|\\$0|@0|/dev/pts/1\\nT|1\\n);")] // no such pane
    [InlineData("")]
    public async Task What_it_does_not_tell_its_terminals_do(string script)
    {
        using Puppet fake = Start(script, out int pane);
        MultiplexerView view = await ReadUntilAsync(pane, _ => File.Exists(folder["pid"]));
        Assert.Empty(view.Attachments);
        Assert.Equal((false, null), (view.IsKnown, view.Names));
        Assert.False(ProcessStat.TryRead(int.Parse(File.ReadAllText(folder["pid"])), out _), "it still runs, or was not waited for");
    }

    [Fact]
    public async Task One_that_hangs_is_not_asked_again_for_a_while()
    {
        using Puppet fake = Start($"open F, '>>', '{folder["asked"]}'; syswrite F, 'x'; sleep 1 while 1;", out int pane);
        await ReadUntilAsync(pane, _ => TimesAsked() == 1);
        clock.Stop();
        for (int i = 0; i < 5; i++)
        {
            reader.Read(RealTmux.Above(pane), LoginPids.None);
        }

        Assert.Equal(1, TimesAsked());
        clock.GoOn();
        await ReadUntilAsync(pane, _ => TimesAsked() == 2);
    }

    [Fact]
    public async Task One_that_answers_is_believed()
    {
        using Puppet fake = Start("print qq(C|$$|2|0|0|\\$0|\\@0|/dev/pts/1\\nP|%0|1|\\$0|\\@0\\nT|$$\\n);", out int pane);
        MultiplexerView view = await ReadUntilAsync(pane, view => view.IsKnown);
        // The client is the fake program itself, which has ended: a terminal that leads nowhere.
        Attachment shown = Assert.Single(view.Attachments);
        Assert.Equal((0, "pts/1", true), (shown.LoginPid, shown.Terminal, shown.IsTypist));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Reads until the fake has come as far as the test needs it: it is given 300 ms, in which a busy machine may not even start it. Each time it is a
    /// minute later, for one that was late is left alone for a while.
    /// </summary>
    private Task<MultiplexerView> ReadUntilAsync(int pane, Func<MultiplexerView, bool> isEnough) => Task.Run(() =>
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            clock.Forward(TimeSpan.FromMinutes(1));
            MultiplexerView view = reader.Read(RealTmux.Above(pane), LoginPids.None);
            if (isEnough(view))
            {
                return view;
            }

            late.Token.ThrowIfCancellationRequested();
        }
    }).InTime();

    private long TimesAsked() => new FileInfo(folder["asked"]) is { Exists: true } asked ? asked.Length : 0;

    private Puppet Start(string script, out int pane)
    {
        File.WriteAllText(folder["socket"], $"open P, '>', '{folder["new"]}'; print P $$; close P; rename '{folder["new"]}', '{folder["pid"]}';\n{script}");
        Puppet fake = Puppet.Start(Server, [folder["socket"]], []);
        pane = int.Parse(fake.Hear()!);
        return fake;
    }

    /// <summary>The real time, for real programs are waited for; but the test sets it forward, and stops it.</summary>
    private sealed class Clock : TimeProvider
    {
        private long ahead;
        private long start;
        private long? stopped;

        public override long GetTimestamp() => stopped ?? base.GetTimestamp() + ahead;

        /// <summary>Stands still at the last <see cref="Forward"/>: what was noted since is not long ago, however slow the machine.</summary>
        public void Stop() => stopped = start;

        public void GoOn() => stopped = null;

        public void Forward(TimeSpan time)
        {
            ahead += (long)(time.TotalSeconds * TimestampFrequency);
            start = GetTimestamp();
        }
    }
}
