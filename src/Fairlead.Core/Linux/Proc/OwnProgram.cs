using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>Where the running executable lies, so that it can start itself again.</summary>
internal static unsafe class OwnProgram
{
    private const string Link = "/proc/self/exe";
    private const int MaxLength = 4096;

    /// <summary>
    /// The executable's path; the link in /proc when the file was replaced or removed since: the link still leads to what runs.
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
