using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The path of the running executable, so that it can start itself again.</summary>
internal static unsafe class OwnProgram
{
    private const string Link = "/proc/self/exe";
    private const int MaxLength = 4096;

    /// <summary>The architecture that it was built for, as <c>uname -m</c> calls it.</summary>
    public static string Architecture => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>
    /// The executable's path; the link in /proc if the file was replaced or removed since: that link still points to the running one.
    /// </summary>
    public static string Path
    {
        get
        {
            byte* buffer = stackalloc byte[MaxLength];
            int length = LibC.Result(LibC.readlink(Link, buffer, MaxLength));
            string path = length > 0 ? Encoding.UTF8.GetString(buffer, length) : Link;
            return FileStatus.TryRead(path, out _) < 0 ? Link : path;
        }
    }
}
