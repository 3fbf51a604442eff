using System.Diagnostics;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>
/// Runs a program and reads what it writes, for the worker: without a shell, with nothing of ours but a small environment, and never longer than
/// its deadline. Whatever becomes of it, no process and no descriptor of it is left.
/// </summary>
internal static unsafe class Subprocess
{
    /// <summary>More than any answer that fairlead asks for; what goes on writing is cut off.</summary>
    public const int MaxOutput = 256 * 1024;

    private static readonly string[] Environment =
        ["LC_ALL=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", $"HOME={System.Environment.GetEnvironmentVariable("HOME") ?? "/"}"];

    /// <param name="arguments">The name that the program sees itself called by, then its arguments.</param>
    /// <returns>What it wrote; null when it could not be started, ended with another status than 0, or was late.</returns>
    public static byte[]? Run(string program, string[] arguments, TimeSpan deadline)
    {
        long end = Stopwatch.GetTimestamp() + (long)(deadline.TotalSeconds * Stopwatch.Frequency);
        int* pipe = stackalloc int[2];
        if (LibC.pipe2(pipe, LibC.O_CLOEXEC) != 0)
        {
            return null;
        }

        int pid = Start(program, arguments, pipe[1]);
        _ = LibC.close(pipe[1]);
        byte[]? output = null;
        if (pid > 0)
        {
            int exit = LibC.Result(LibC.syscall(LibC.SYS_pidfd_open, pid, 0));
            output = ReadUntilExit(pipe[0], exit, end);
            bool succeeded = ChildProcess.Reap(pid, kill: output is null || exit < 0);
            output = succeeded || exit < 0 ? output : null;
            _ = exit >= 0 ? LibC.close(exit) : 0;
        }

        _ = LibC.close(pipe[0]);
        return output;
    }

    private static int Start(string program, string[] arguments, int output)
    {
        int result = PassedDescriptors.TryCopy([PassedDescriptors.Nothing, output, PassedDescriptors.Nothing], out PassedDescriptors? copies);
        using (copies)
        {
            return result < 0 ? result : ChildProcess.Start(program, arguments, Environment, copies!, ownSession: false);
        }
    }

    /// <summary>
    /// The process's end ends the reading, not the pipe's: tmux hands its output on to its server, which may hold it a while longer. Where the kernel
    /// cannot tell of the end (before Linux 5.3), the pipe's must do, and what it ends with is not asked.
    /// </summary>
    /// <returns>Null after the deadline, or when there is too much of it.</returns>
    private static byte[]? ReadUntilExit(int pipe, int exit, long end)
    {
        using var output = new MemoryStream();
        LibC.PollEntry* entries = stackalloc LibC.PollEntry[2];
        entries[0] = new LibC.PollEntry { Descriptor = pipe, Events = LibC.POLLIN };
        entries[1] = new LibC.PollEntry { Descriptor = Math.Max(exit, -1), Events = LibC.POLLIN };
        while (output.Length <= MaxOutput)
        {
            double left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end).TotalMilliseconds;
            int ready = left <= 0 ? 0 : LibC.Result(LibC.poll(entries, 2, (int)Math.Ceiling(left)));
            if (ready == 0 || (ready < 0 && ready != -Errno.EINTR))
            {
                return null;
            }

            // What was written before the end is in the pipe by now, and read first.
            if (ready > 0 && entries[0].Returned == 0)
            {
                return output.ToArray();
            }

            if (ready > 0 && !ReadSome(pipe, output))
            {
                if (exit < 0)
                {
                    return output.ToArray();
                }

                entries[0].Descriptor = -1; // closed, but not ended yet; poll passes it over
            }
        }

        return null;
    }

    /// <returns>False at the end of the pipe.</returns>
    private static bool ReadSome(int pipe, MemoryStream output)
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length;
        fixed (byte* bytes = buffer)
        {
            length = LibC.Result(LibC.read(pipe, bytes, (nuint)buffer.Length));
        }

        output.Write(buffer[..Math.Max(length, 0)]);
        return length is > 0 or -Errno.EINTR;
    }
}
