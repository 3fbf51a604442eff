using Fairlead.Core.Logins;

namespace Fairlead.Tests.Logins;

/// <summary>The kernel names the children of a process; without that, all processes have to be read.</summary>
public sealed class ChildProcessesTests
{
    /// <summary>
    /// A server that serves all logins from one process has many. Its only thread does not end: where one ends meanwhile, its children are
    /// named nowhere for a moment, and all processes are read.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void All_children_are_found_without_reading_all_processes(int count)
    {
        using var parent = Puppet.Start(
            $"my @c = map {{ my $p = fork; if (!$p) {{ sleep 1000; exit }} $p }} 1 .. {count}; print qq(@c\n); <STDIN>; kill 9, @c;", [], []);
        int[] children = [.. parent.Hear()!.Split(' ').Select(int.Parse)];

        Assert.Equal(children.Order(), ChildProcesses.Named(parent.Pid)!.Order());
    }

    [Fact]
    public void A_process_that_is_gone_has_none() => Assert.Null(ChildProcesses.Named(int.MaxValue));
}
