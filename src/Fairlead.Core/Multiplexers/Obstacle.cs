using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Multiplexers;

/// <summary>Why fairlead cannot see where a multiplexer shows a caller.</summary>
internal enum Obstacle
{
    /// <summary>It can be seen.</summary>
    None,

    /// <summary>The server belongs to another user.</summary>
    AnotherUsers,

    /// <summary>The server is ours, but its open files cannot be read, as with a setgid screen, and nothing else shows it.</summary>
    ClosedFiles,

    /// <summary>The server does not answer, or knows nothing of the caller.</summary>
    NoAnswer,
}

/// <summary>The obstacle with one server.</summary>
internal static class Obstacles
{
    /// <param name="own">The obstacle with a server of ours.</param>
    public static Obstacle Of(int server, Obstacle own) => ProcessStatus.IsOf(server, CurrentProcess.Uid) ? own : Obstacle.AnotherUsers;

    /// <summary>For a server that only its open files show.</summary>
    /// <param name="isSeen">Some of its clients are seen, so there is no obstacle.</param>
    public static Obstacle OfFiles(int server, bool isSeen) =>
        isSeen || ProcessDescriptors.CanRead(server) ? Obstacle.None : Of(server, Obstacle.ClosedFiles);
}
