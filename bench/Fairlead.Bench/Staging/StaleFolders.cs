using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Bench.Staging;

/// <summary>What logins leave in /tmp: folders with a socket that nobody listens at, or with none.</summary>
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

    /// <summary>
    /// Makes folders of this moment, and removes those that an earlier call made: after half a minute they would count as left behind.
    /// </summary>
    /// <param name="round">Each has names of its own, as mkdtemp(3) would give them.</param>
    /// <param name="withSocket">They have a dead socket; otherwise sshd has yet to bind in them.</param>
    public static void Renew(string discovery, int round, int count, bool withSocket)
    {
        foreach (string old in Directory.GetDirectories(discovery, "ssh-F*"))
        {
            Directory.Delete(old, recursive: true);
        }

        for (int i = 0; i < count; i++)
        {
            string name = $"F{round:000}{i:000000}";
            _ = withSocket ? Add(discovery, name) : AddEmpty(discovery, name);
        }
    }

    /// <returns>The folder.</returns>
    public static string Add(string discovery, string name)
    {
        string folder = AddEmpty(discovery, name);
        _ = UnixAddress.TryCreate(Path.Join(folder, "agent.1"), out UnixAddress address);
        int descriptor = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        _ = LibC.bind(descriptor, &address, UnixAddress.Size);
        _ = LibC.close(descriptor);
        return folder;
    }

    private static string AddEmpty(string discovery, string name)
    {
        string folder = Path.Join(discovery, $"ssh-{name}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
