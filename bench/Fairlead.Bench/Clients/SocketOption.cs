using System.Runtime.InteropServices;

namespace Fairlead.Bench.Clients;

internal static unsafe partial class SocketOption
{
    [LibraryImport("libc", EntryPoint = "setsockopt")]
    internal static partial int Set(int descriptor, int level, int option, void* value, uint length);
}
