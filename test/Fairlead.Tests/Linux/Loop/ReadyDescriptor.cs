using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests.Linux.Loop;

/// <summary>A pipe whose reading end becomes ready when a test says so. Whoever watches that end closes it.</summary>
internal sealed unsafe class ReadyDescriptor : IDisposable
{
    private readonly int writable;

    public ReadyDescriptor()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, LibC.pipe2(ends, LibC.NonBlockingCloseOnExec));
        (Readable, writable) = (ends[0], ends[1]);
    }

    public int Readable { get; }

    public void MakeReady()
    {
        byte one = 1;
        Assert.Equal(1, LibC.write(writable, &one, 1));
    }

    public void Dispose() => _ = LibC.close(writable);
}
