using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Proc;

/// <summary>The walk of /proc, in a folder that looks like it.</summary>
public sealed class ProcessListTests : IDisposable
{
    private const uint Stranger = 4242;

    private readonly TempFolder folder = new();

    [Fact]
    public void However_many_processes_there_are_each_is_read_once()
    {
        int[] pids = [.. Enumerable.Range(1, 12_000)];
        foreach (int pid in pids)
        {
            File.WriteAllText(folder[$"{pid}"], "");
        }

        File.WriteAllText(folder["meminfo"], "");
        Assert.Equal(pids, ProcessList.Read(folder.Path).Order());
    }

    [Fact]
    public void Without_the_folder_there_are_none() => Assert.Empty(ProcessList.Read(folder["gone"]));

    [Fact]
    public void Of_this_user_may_be_its_own_processes_and_those_that_proc_gives_to_root()
    {
        using var own = Puppet.Start("print qq(up\n); <STDIN>", [], [], Stranger);
        using var another = Puppet.Start("print qq(up\n); <STDIN>", [], [], Stranger + 1);
        Assert.Equal(("up", "up"), (own.Hear(), another.Hear()));

        HashSet<int> found = [.. ProcessList.ReadOf(Stranger)];
        Assert.Equal((true, false, true), (found.Contains(own.Pid), found.Contains(another.Pid), found.Contains(CurrentProcess.Pid)));
    }

    public void Dispose() => folder.Dispose();
}
