using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests.Linux.Loop;

/// <summary>A descriptor that never becomes readable, under a number of the test's choice.</summary>
internal static partial class SilentDescriptor
{
    /// <param name="number">One that is not in use.</param>
    public static int OpenAs(int number)
    {
        int opened = LibC.Result(LibC.eventfd(0, LibC.NonBlockingCloseOnExec));
        if (opened != number)
        {
            Assert.Equal(number, dup3(opened, number, LibC.O_CLOEXEC));
            _ = LibC.close(opened);
        }

        return number;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup3(int from, int to, int flags);
}
