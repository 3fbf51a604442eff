using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Doctor;

/// <summary>
/// At which paths somebody listens. It connects only where nothing else tells: each connection to a login's agent is a message to the laptop.
/// </summary>
/// <param name="known">Sockets that the daemon knows to be served.</param>
internal sealed class ListeningPaths(IReadOnlySet<string> known)
{
    private readonly HashSet<string> listening = UnixSocketTable.ListListening();
    private readonly Dictionary<string, bool> asked = [];

    public bool Serves(string path)
    {
        if (!asked.TryGetValue(path, out bool served))
        {
            served = known.Contains(path) || (FileStatus.TryReadTarget(path, out _) >= 0 && (listening.Contains(path) || Accepts(path)));
            asked[path] = served;
        }

        return served;
    }

    /// <summary>A socket that was bound by another name: only connecting tells.</summary>
    private static bool Accepts(string path)
    {
        int descriptor = UnixStream.Connect(path);
        if (descriptor >= 0)
        {
            Descriptor.Close(descriptor);
        }

        return descriptor is >= 0 or -Errno.EAGAIN;
    }
}
