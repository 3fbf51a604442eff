using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Tests.Linux.Files;

/// <summary>Alone: a process that another test is just starting holds a copy of every lock until it has become its program.</summary>
[Collection(WholeProcess.Name)]
public sealed class FileLockTests : IDisposable
{
    /// <summary>Locks the whole file for writing, by struct flock.</summary>
    private const string Holder = """
        use Fcntl;
        open(F, '>>', $ARGV[0]);
        my $region = pack('s s x4 q q i x4', F_WRLCK, 0, 0, 0, 0);
        fcntl(F, F_SETLK, $region);
        print "held\n";
        <STDIN>
        """;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_holds_it_until_it_ends_and_its_pid_stands_in_the_file()
    {
        Assert.Equal(0, FileLock.TryTake(folder["lock"], out FileLock? first));
        Assert.Equal(-Errno.EAGAIN, FileLock.TryTake(folder["lock"], out FileLock? second));
        Assert.Null(second);
        Assert.Equal($"{CurrentProcess.Pid}\n", ReadLocked(folder["lock"]));

        first!.Dispose();
        Assert.Equal(0, FileLock.TryTake(folder["lock"], out FileLock? third));
        third!.Dispose();
    }

    [Fact]
    public void What_a_longer_pid_left_behind_is_gone()
    {
        File.WriteAllText(folder["lock"], "12345678901234567890\n");
        Assert.Equal(0, FileLock.TryTake(folder["lock"], out FileLock? taken));
        Assert.Equal($"{CurrentProcess.Pid}\n", ReadLocked(folder["lock"]));
        taken!.Dispose();
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        File.WriteAllText(folder["precious"], "precious");
        File.CreateSymbolicLink(folder["lock"], folder["precious"]);
        Assert.Equal(-Errno.ELOOP, FileLock.TryTake(folder["lock"], out _));
        Assert.False(FileLock.IsFree(folder["lock"]));
        Assert.Equal("precious", File.ReadAllText(folder["precious"]));
    }

    [Fact]
    public void What_is_no_file_is_neither_locked_nor_waited_for()
    {
        Assert.Equal(-Errno.ENXIO, FileLock.TryTake(folder.MakePipe("lock"), out _));
        Assert.Equal(0, FileLock.HolderOf(folder["lock"]));
    }

    /// <summary>As a daemon hands it to the next: there is no moment in which it is free.</summary>
    [Fact]
    public void A_lock_that_was_passed_on_stays_when_its_first_holder_lets_go()
    {
        Assert.Equal(0, FileLock.TryTake(folder["lock"], out FileLock? first));
        Assert.Equal(0, PassedDescriptors.TryCopy([-1, -1, -1, first!.Number], out PassedDescriptors? passed));
        Assert.Equal(0, FileLock.TryAdopt(passed![3], out FileLock? second));
        first.Dispose();
        Assert.Equal(-Errno.EAGAIN, FileLock.TryTake(folder["lock"], out _));
        Assert.True(second!.IsAt(folder["lock"]));
        Assert.Equal(CurrentProcess.Pid, FileLock.HolderOf(folder["lock"]));
        Assert.Equal(0, FileLock.HolderOf(folder["nothing"]));

        passed.Dispose();
        Assert.True(FileLock.IsFree(folder["lock"]));
    }

    [Fact]
    public void The_kernel_ends_the_lock_of_a_process_that_is_gone()
    {
        using (var holder = Puppet.Start(Holder, [folder["lock"]], []))
        {
            Assert.Equal("held", holder.Hear());
            Assert.Equal(-Errno.EAGAIN, FileLock.TryTake(folder["lock"], out _));
            Assert.False(FileLock.IsFree(folder["lock"]));
        }

        Assert.True(FileLock.IsFree(folder["lock"]));
        Assert.Equal(0, FileLock.TryTake(folder["lock"], out FileLock? taken));
        taken!.Dispose();
    }

    /// <summary>Not through File: .NET asks for a lock of its own.</summary>
    private static string ReadLocked(string path)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Encoding.ASCII.GetString(bytes[..SmallFile.Read(path, bytes)]);
    }
}
