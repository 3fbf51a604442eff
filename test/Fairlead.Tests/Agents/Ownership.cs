using System.Runtime.InteropServices;

namespace Fairlead.Tests.Agents;

/// <summary>Gives files to other users, which takes root.</summary>
internal static partial class Ownership
{
    public static void Give(string path, uint uid) => Assert.Equal(0, lchown(path, uid, uid));

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint uid, uint gid);
}
