using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Handlers;
using Fairlead.Launch;

namespace Fairlead.Daemon;

/// <summary>
/// Hands over when the program was replaced on disk, by a package's upgrade, say: at the person's next command, a login's <c>init</c> among them. Nothing else
/// looks at the file, so an upgrade wakes nobody, and what the command was answered it was answered by the daemon that it found.
/// </summary>
/// <remarks>
/// The path is the daemon's own. Who runs another fairlead from elsewhere does not change which one serves.
/// </remarks>
internal sealed class ProgramWatch(EventLoop loop, BlockingWorker worker, DaemonProgram program, RestartHandler restart)
{
    private const string RunningProgram = "/proc/self/exe";

    /// <summary>On a file server that is dead.</summary>
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A command may connect several times, and <c>doctor</c> would see two daemons in the middle.</summary>
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(1);

    private bool isLooking;
    private (FileIdentity, DateTimeOffset) tried;

    /// <summary>A command has been answered and has gone.</summary>
    /// <param name="access">
    /// Of a command in a sandbox nothing is heeded. A login's <c>init</c> may have ended before it was looked at; what it begins, the next command would.
    /// </param>
    public void NoteCommand(ControlAccess access)
    {
        if ((access.IsOutside || access.HasEnded) && !isLooking && !restart.IsHandedOver)
        {
            loop.Observe(LookAsync());
        }
    }

    /// <summary>
    /// Whether the file at the path is another one than that which runs. The number of a file that runs is given to no other; a file system that makes numbers up
    /// (FUSE) shows the same length and time.
    /// </summary>
    public static bool IsReplaced(FileStatus running, FileStatus onDisk) =>
        onDisk.Kind == FileKind.Regular
        && onDisk.Identity != running.Identity
        && (onDisk.Length != running.Length || onDisk.Modified != running.Modified);

    private async Task LookAsync()
    {
        isLooking = true;
        try
        {
            FileStatus? other = await worker.RunAsync(FindReplacement, LookTimeout);
            if (other is { } found && !restart.IsHandedOver && (found.Identity, found.Changed) != tried)
            {
                tried = (found.Identity, found.Changed); // one that does not start is not tried again at each command
                await loop.DelayAsync(CommandTime);
                _ = await restart.HandOverAsync(); // a command may have asked for it meanwhile: it is done once
            }
        }
        finally
        {
            isLooking = false;
        }
    }

    /// <returns>Null when the program that runs is still there, or none is.</returns>
    private FileStatus? FindReplacement() =>
        FileStatus.TryReadTarget(RunningProgram, out FileStatus running) >= 0
        && FileStatus.TryReadTarget(program.Path, out FileStatus onDisk) >= 0
        && IsReplaced(running, onDisk) ? onDisk : null;
}
