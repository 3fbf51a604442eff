using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests;

/// <summary>While it stands, no descriptor can be opened, or only a few: EMFILE. For tests in the <see cref="WholeProcess"/> collection.</summary>
internal sealed unsafe class NoDescriptors : IDisposable
{
    private readonly LibC.ResourceLimit before;

    /// <param name="left">Descriptors that can still be had at one time.</param>
    public NoDescriptors(int left = 0)
    {
        int next = LibC.Result(LibC.eventfd(0, LibC.NonBlockingCloseOnExec));
        _ = LibC.close(next);
        LibC.ResourceLimit limit;
        Assert.Equal(0, LibC.getrlimit(LibC.RLIMIT_NOFILE, &limit));
        before = limit;
        limit.Soft = (nuint)(next + left);
        Assert.Equal(0, LibC.setrlimit(LibC.RLIMIT_NOFILE, &limit));
    }

    public void Dispose()
    {
        LibC.ResourceLimit limit = before;
        _ = LibC.setrlimit(LibC.RLIMIT_NOFILE, &limit);
    }
}
