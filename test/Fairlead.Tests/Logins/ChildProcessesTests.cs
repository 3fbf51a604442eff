using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Logins;

/// <summary>The kernel names the children of a process; without that, all processes have to be read.</summary>
public sealed class ChildProcessesTests
{
    [Fact]
    public void Children_are_found_without_reading_all_processes()
    {
        using var child = Puppet.Start("print \"up\\n\"; <STDIN>", [], []);
        Assert.Equal("up", child.Hear());

        Assert.True(ProcessStat.TryRead(child.Pid, out ProcessStat stat));
        Assert.Contains(child.Pid, ChildProcesses.Named(stat.Parent) ?? []);
    }

    /// <summary>A server that serves all logins from one process has one for each of them.</summary>
    [Fact]
    public void All_of_many_children_are_found()
    {
        using var parent = Puppet.Start(
            "my @c = map { my $p = fork; if (!$p) { sleep 1000; exit } $p } 1 .. 300; print qq(@c\n); <STDIN>; kill 9, @c;", [], []);
        int[] children = [.. parent.Hear()!.Split(' ').Select(int.Parse)];

        Assert.Equal(children.Order(), ChildProcesses.Named(parent.Pid)!.Order());
    }

    [Fact]
    public void A_process_that_is_gone_has_none() => Assert.Null(ChildProcesses.Named(int.MaxValue));
}
