using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Tests.Linux.Spawning;

/// <summary>A real child: what it inherits, and what it does not. Alone, for the test leaves a descriptor open to all children.</summary>
[Collection(WholeProcess.Name)]
public sealed class DetachedProcessTests : IDisposable
{
    /// <summary>The child writes what it is to the descriptor it was passed, which it alone then holds.</summary>
    private const string Script = """
        open(my $out, '>&=3') or exit 1;
        my @held = grep { -e "/proc/$$/fd/$_" && $_ != 3 } map { m{(\d+)$} } glob("/proc/$$/fd/*");
        opendir(my $d, '/'); # keeps nothing open below 3 from being mistaken for ours
        print $out join("\n", (map { "$_ " . (readlink("/proc/$$/fd/$_") // '?') } sort { $a <=> $b } grep { $_ < 3 } @held),
            "cwd " . readlink("/proc/$$/cwd"), "session " . (getpgrp() == $$ ? 'own' : 'shared'),
            "others " . scalar(grep { $_ > 3 } @held), "variable $ENV{NAME}", "argument $ARGV[0]"), "\n";
        """;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_holds_nothing_of_where_it_was_started()
    {
        using FileStream ours = File.OpenWrite(folder["held by the parent"]);
        int inheritable = LibC.Result(LibC.openat(LibC.AT_FDCWD, folder.Path, LibC.O_RDONLY, 0));
        (int pid, string[] said) = await StartAsync();
        Assert.True(pid > 0);
        Assert.Equal(
            ["0 /dev/null", "1 /dev/null", "2 /dev/null", "cwd /", "session own", "others 0", "variable value", "argument first"],
            said);
        _ = LibC.close(inheritable);
    }

    /// <summary>The numbers that the child gets may be those of other descriptors that are passed.</summary>
    [Fact]
    public async Task What_is_passed_comes_in_its_order()
    {
        (int firstRead, int firstWrite) = MakePipe();
        (int secondRead, int secondWrite) = MakePipe();
        int pid = DetachedProcess.Start("/bin/sh", ["sh", "-c", "echo three >&3; echo four >&4; echo five >&5"], [], secondWrite, firstWrite, secondWrite);
        _ = LibC.close(firstWrite);
        _ = LibC.close(secondWrite);
        Assert.Equal(("four\n", "three\nfive\n"), (await ReadAsync(firstRead), await ReadAsync(secondRead)));
        ChildProcess.Reap(pid, kill: false);
    }

    [Fact]
    public void A_descriptor_that_is_not_open_is_said()
        => Assert.Equal(-Errno.EBADF, DetachedProcess.Start("/bin/true", ["true"], [], int.MaxValue));

    [Fact]
    public void A_program_that_is_not_there_is_said()
        => Assert.Equal(-Errno.ENOENT, DetachedProcess.Start(folder["nothing"], ["nothing"], []));

    private static async Task<(int Pid, string[] Said)> StartAsync()
    {
        (int read, int write) = MakePipe();
        int pid = DetachedProcess.Start("/usr/bin/perl", ["perl", "-e", Script, "first"], ["NAME=value"], write);
        _ = LibC.close(write);
        string all = await ReadAsync(read);
        ChildProcess.Reap(pid, kill: false);
        return (pid, all.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static unsafe (int Read, int Write) MakePipe()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, LibC.pipe2(ends, LibC.O_CLOEXEC));
        return (ends[0], ends[1]);
    }

    private static async Task<string> ReadAsync(int pipe)
    {
        using var reader = new StreamReader(new FileStream(new(pipe, ownsHandle: true), FileAccess.Read, bufferSize: 0));
        return await reader.ReadToEndAsync().InTime();
    }
}
