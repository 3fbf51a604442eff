using System.Runtime.InteropServices;
using System.Text;

namespace Fairlead.Core.Linux.Interop;

/// <summary>This host's name as gethostname(2) gives it, which is what sshd hashes into its socket names.</summary>
internal static unsafe class HostName
{
    private const int MaxLength = 256;

    public static string Read()
    {
        byte* name = stackalloc byte[MaxLength];
        return LibC.gethostname(name, MaxLength - 1) == 0
            ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))
            : "localhost";
    }
}
