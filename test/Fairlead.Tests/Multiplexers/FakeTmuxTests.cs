using Fairlead.Core.Linux.Proc;
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
    private readonly MultiplexerReader reader = new(TimeProvider.System);

    [Theory]
    [InlineData("sleep 1 while 1;")]
    [InlineData("close STDOUT; sleep 1 while 1;")]
    [InlineData("$| = 1; print 'x' x 999 while 1;")]
    [InlineData("exit 1;")]
    [InlineData("kill 9, $$;")]
    [InlineData("print map { chr int rand 256 } 1 .. 9999;")]
    [InlineData("print qq(C|1|2|0|\\$0|@0|/dev/pts/1\\nT|1\\n);")] // no such pane
    [InlineData("")]
    public async Task What_it_does_not_tell_its_terminals_do(string script)
    {
        using Puppet fake = Start(script, out int pane);
        MultiplexerView view = await Task.Run(() => reader.Read(RealTmux.Above(pane), new HashSet<int>())).InTime();
        Assert.Empty(view.Attachments);
        Assert.Equal((false, null), (view.IsKnown, view.Names));
        Assert.False(ProcessStat.TryRead(int.Parse(File.ReadAllText(folder["pid"])), out _), "it still runs, or was not waited for");
    }

    [Fact]
    public void One_that_hangs_is_not_asked_again_for_a_while()
    {
        using Puppet fake = Start($"open F, '>>', '{folder["asked"]}'; print F 'x'; close F; sleep 1 while 1;", out int pane);
        File.WriteAllText(folder["asked"], "");
        reader.Read(RealTmux.Above(pane), new HashSet<int>());
        long asked = new FileInfo(folder["asked"]).Length; // on a busy machine it may be ended before it writes
        for (int i = 0; i < 4; i++)
        {
            reader.Read(RealTmux.Above(pane), new HashSet<int>());
        }

        Assert.Equal(asked, new FileInfo(folder["asked"]).Length);
    }

    [Fact]
    public void One_that_answers_is_believed()
    {
        using Puppet fake = Start("print qq(C|$$|2|0|\\$0|\\@0|/dev/pts/1\\nP|%0|1|\\$0|\\@0\\nT|$$\\n);", out int pane);
        // The client is the fake program itself, which has ended: a terminal that leads nowhere.
        Attachment shown = Assert.Single(reader.Read(RealTmux.Above(pane), new HashSet<int>()).Attachments);
        Assert.Equal((0, "pts/1", true), (shown.LoginPid, shown.Terminal, shown.IsTypist));
    }

    public void Dispose() => folder.Dispose();

    private Puppet Start(string script, out int pane)
    {
        File.WriteAllText(folder["socket"], $"open P, '>', '{folder["pid"]}'; print P $$; close P;\n{script}");
        Puppet fake = Puppet.Start(Server, [folder["socket"]], []);
        pane = int.Parse(fake.Hear()!);
        return fake;
    }
}
