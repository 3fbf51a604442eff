using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.StalePaths;

namespace Fairlead.Tests.StalePaths;

/// <summary>Out of descriptors at any step: an answer, no exception, and nothing half done.</summary>
[Collection(WholeProcess.Name)]
public sealed class ExhaustedHealingTests : IDisposable
{
    private readonly OldPathScene scene = new();

    public void Dispose() => scene.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Without_descriptors_there_is_no_socket_and_no_folder(int left)
    {
        StalePath path = scene.Path();
        StalePathBinding outcome;
        bool isMarked;
        using (new NoDescriptors(left))
        {
            outcome = StalePathFile.Listen(path, CurrentProcess.Uid, null);
            isMarked = StalePathMark.Mark(path, default, CurrentProcess.Uid);
        }

        Assert.Equal((-Errno.EMFILE, null, false), (outcome.Error, outcome.File, isMarked));
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
    }
}
