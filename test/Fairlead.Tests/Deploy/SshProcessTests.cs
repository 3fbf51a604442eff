using System.Text;
using Fairlead.Deploy;

namespace Fairlead.Tests.Deploy;

public sealed class SshProcessTests : IDisposable
{
    private readonly LoopThread thread = new();

    public void Dispose()
    {
        thread.Dispose();
        Assert.Empty(thread.Faults);
    }

    /// <summary>As ssh is whose connection takes nothing more: it waits until it can say goodbye.</summary>
    [Fact]
    public Task One_that_does_not_heed_the_first_signal_ends_all_the_same() => thread.RunAsync(async ValueTask<bool> () =>
    {
        using SshProcess stubborn = SshProcess.Start(thread.Loop, ["sh", "-c", "trap '' TERM; echo ready; exec cat"], ownSession: true, complained: null, out _)!;
        byte[] ready = new byte[16];
        Assert.Equal("ready\n", Encoding.ASCII.GetString(ready, 0, await stubborn.ReadAsync(ready)));

        stubborn.Stop();

        Assert.Equal(0, await stubborn.ReadAsync(ready));
        await stubborn.WaitForEndAsync();
        Assert.Equal(-1, stubborn.ExitStatus);
        return true;
    });
}
