using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Linux.Sockets;

/// <summary>A socket is the owner's alone from its first moment, and the umask, which all threads share, has no part in it.</summary>
[Collection(WholeProcess.Name)]
public sealed class SocketModeTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly uint umask = LibC.umask(0);

    public void Dispose()
    {
        _ = LibC.umask(umask);
        folder.Dispose();
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x12u)] // 022
    [InlineData(0x3fu)] // 077
    public void Its_mode_is_0600_under_any_umask(uint mask)
    {
        _ = LibC.umask(mask);
        Assert.Equal(0, FileStatus.TryRead(folder.Bind("socket"), out FileStatus status));
        Assert.Equal(0x180u, status.Permissions);
    }

    [Fact]
    public void What_other_threads_make_meanwhile_gets_the_mode_they_ask_for()
    {
        using var over = new CancellationTokenSource();
        var binding = new Thread(() =>
        {
            for (int i = 0; !over.IsCancellationRequested; i++)
            {
                _ = LibC.close(UnixListener.Bind(folder[$"socket-{i}"]));
            }
        });
        binding.Start();
        uint[] modes = [.. Enumerable.Range(0, 2000).Select(Make)];
        over.Cancel();
        binding.Join();
        Assert.All(modes, mode => Assert.Equal(0x1edu, mode)); // 0755
    }

    private uint Make(int number)
    {
        Assert.Equal(0, LibC.mkdirat(LibC.AT_FDCWD, folder[$"folder-{number}"], 0x1ed));
        Assert.Equal(0, FileStatus.TryRead(folder[$"folder-{number}"], out FileStatus status));
        return status.Permissions;
    }
}
