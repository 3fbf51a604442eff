using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Bench.Staging;

/// <summary>What dead logins leave in /tmp: folders with a socket that nobody listens at.</summary>
internal static unsafe class StaleFolders
{
    /// <summary>Of yesterday: a folder that was made a moment ago may be one in which sshd has yet to bind.</summary>
    public static void Make(string discovery, int count)
    {
        DateTime yesterday = DateTime.UtcNow.AddDays(-1);
        for (int i = 0; i < count; i++)
        {
            Directory.SetLastWriteTimeUtc(Add(discovery, $"S{i:000000000}"), yesterday);
        }
    }

    /// <returns>The folder.</returns>
    public static string Add(string discovery, string name)
    {
        string folder = Path.Join(discovery, $"ssh-{name}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _ = UnixAddress.TryCreate(Path.Join(folder, "agent.1"), out UnixAddress address);
        int descriptor = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        _ = LibC.bind(descriptor, &address, UnixAddress.Size);
        _ = LibC.close(descriptor);
        return folder;
    }
}
