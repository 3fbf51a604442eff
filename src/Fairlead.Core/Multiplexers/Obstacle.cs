using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Multiplexers;

/// <summary>Why it cannot be seen where a multiplexer shows a caller.</summary>
internal enum Obstacle
{
    /// <summary>It can be seen.</summary>
    None,

    /// <summary>The server is another user's.</summary>
    AnotherUsers,

    /// <summary>The server is ours, but its open files cannot be read, as of a setgid screen, and nothing else tells.</summary>
    ClosedFiles,

    /// <summary>The server does not answer, or knows nothing of the caller.</summary>
    NoAnswer,
}

/// <summary>What stands in the way with one server.</summary>
internal static class Obstacles
{
    /// <param name="own">What it is with a server of ours.</param>
    public static Obstacle Of(int server, Obstacle own) => ProcessStatus.IsOf(server, CurrentProcess.Uid) ? own : Obstacle.AnotherUsers;

    /// <summary>Of a server that only its open files tell of.</summary>
    /// <param name="isSeen">Some of its clients are seen, so it can be.</param>
    public static Obstacle OfFiles(int server, bool isSeen) =>
        isSeen || ProcessDescriptors.CanRead(server) ? Obstacle.None : Of(server, Obstacle.ClosedFiles);
}
