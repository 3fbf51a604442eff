using System.Diagnostics;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>
/// Runs a program on the worker and reads what it writes: without a shell, with only a small environment, and never longer than its
/// deadline. However it ends, no process and no descriptor of it is left.
/// </summary>
internal static unsafe class Subprocess
{
    /// <summary>Bytes; more than any answer that fairlead asks for, except a program in an archive.</summary>
    public const int MaxOutput = 256 * 1024;

    /// <summary>All that a program of another person's making gets to know.</summary>
    public static readonly string[] Environment =
        ["LC_ALL=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", $"HOME={System.Environment.GetEnvironmentVariable("HOME") ?? "/"}"];

    /// <param name="arguments">The name by which the program is called, then its arguments.</param>
    /// <param name="maxOutput">Bytes; a program that writes more is ended.</param>
    /// <returns>What it wrote; null when it could not be started, ended with another status than 0, wrote too much, or was late.</returns>
    public static byte[]? Run(string program, string[] arguments, TimeSpan deadline, int maxOutput = MaxOutput) =>
        Run(program, arguments, Environment, deadline, maxOutput, ownSession: false);

    /// <summary>
    /// As <see cref="Run(string, string[], TimeSpan, int)"/>, in a session of its own without a terminal: when the program ends, everything
    /// that it left in that session is killed.
    /// </summary>
    /// <param name="environment">NAME=value each.</param>
    public static byte[]? RunAsLogin(string program, string[] arguments, string[] environment, TimeSpan deadline) =>
        Run(program, arguments, environment, deadline, MaxOutput, ownSession: true);

    private static byte[]? Run(string program, string[] arguments, string[] environment, TimeSpan deadline, int maxOutput, bool ownSession)
    {
        long end = Stopwatch.GetTimestamp() + (long)(deadline.TotalSeconds * Stopwatch.Frequency);
        int* pipe = stackalloc int[2];
        if (LibC.pipe2(pipe, LibC.O_CLOEXEC) != 0)
        {
            return null;
        }

        int pid = Start(program, arguments, environment, pipe[1], ownSession);
        _ = LibC.close(pipe[1]);
        byte[]? output = null;
        if (pid > 0)
        {
            int exit = LibC.Result(LibC.syscall(LibC.SYS_pidfd_open, pid, 0));
            output = ReadUntilExit(pipe[0], exit, end, maxOutput);
            _ = ownSession ? LibC.kill(-pid, LibC.SIGKILL) : 0; // its number is its own until it is reaped
            bool succeeded = ChildProcess.Reap(pid, kill: output is null || exit < 0);
            output = succeeded || exit < 0 ? output : null;
            _ = exit >= 0 ? LibC.close(exit) : 0;
        }

        _ = LibC.close(pipe[0]);
        return output;
    }

    private static int Start(string program, string[] arguments, string[] environment, int output, bool ownSession)
    {
        int result = PassedDescriptors.TryCopy([PassedDescriptors.Nothing, output, PassedDescriptors.Nothing], out PassedDescriptors? copies);
        using (copies)
        {
            return result < 0 ? result : ChildProcess.Start(program, arguments, environment, copies!, ownSession);
        }
    }

    /// <summary>
    /// The end of the process ends the reading, not the end of the pipe: tmux passes its output on to its server, which may hold it a while
    /// longer. If the kernel cannot report the end of the process (before Linux 5.3), the end of the pipe must do, and the exit status is
    /// not read.
    /// </summary>
    /// <returns>Null after the deadline, or if there is too much.</returns>
    private static byte[]? ReadUntilExit(int pipe, int exit, long end, int maxOutput)
    {
        using var output = new MemoryStream();
        LibC.PollEntry* entries = stackalloc LibC.PollEntry[2];
        entries[0] = new LibC.PollEntry { Descriptor = pipe, Events = LibC.POLLIN };
        entries[1] = new LibC.PollEntry { Descriptor = Math.Max(exit, -1), Events = LibC.POLLIN };
        while (output.Length <= maxOutput)
        {
            double left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end).TotalMilliseconds;
            int ready = left <= 0 ? 0 : LibC.Result(LibC.poll(entries, 2, (int)Math.Ceiling(left)));
            if (ready == 0 || (ready < 0 && ready != -Errno.EINTR))
            {
                return null;
            }

            // What the program wrote before its end is already in the pipe, and is read first.
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

                entries[0].Descriptor = -1; // closed, but not ended yet; poll skips it
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
