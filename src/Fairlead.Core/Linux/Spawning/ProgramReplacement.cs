using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>Becomes another program in the same process: no process stays in between, and its exit code and signals are its own.</summary>
internal static unsafe class ProgramReplacement
{
    /// <summary>The folders that execvp(3) searches if PATH is not set.</summary>
    private const string UsualPath = "/bin:/usr/bin";

    /// <summary>Whether there is a program of this name, found as <see cref="Become"/> finds it.</summary>
    /// <returns>Zero, or minus errno: ENOENT if there is none, EACCES if it may not be run.</returns>
    public static int Find(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Examine(name);
        }

        int found = -Errno.ENOENT;
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? UsualPath).Split(':'))
        {
            int examined = Examine(Path.Combine(folder, name));
            found = examined == 0 || examined == -Errno.EACCES ? examined : found;
            if (examined == 0)
            {
                break;
            }
        }

        return found;
    }

    /// <param name="count">
    /// How many of the last arguments of this process are the program's name and its arguments. Passed on as the same bytes.
    /// </param>
    /// <returns>Minus errno; returns only if it failed.</returns>
    public static int Become(int count)
    {
        int read = FileContent.TryRead("/proc/self/cmdline", out byte[] line);
        if (read < 0)
        {
            return read;
        }

        byte[][] arguments = [.. ArgumentsIn(line).TakeLast(count)];
        byte** pointers = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Length + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < arguments.Length; i++)
        {
            pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)(arguments[i].Length + 1));
            arguments[i].CopyTo(new Span<byte>(pointers[i], arguments[i].Length));
        }

        _ = LibC.signal(LibC.SIGPIPE, LibC.SIG_DFL); // .NET ignores it, and an ignored signal stays ignored in the next program
        return LibC.Result(LibC.execvp(pointers[0], pointers));
    }

    private static int Examine(string path)
    {
        if (FileStatus.TryReadTarget(path, out FileStatus status) < 0)
        {
            return -Errno.ENOENT;
        }

        return status.Kind == FileKind.Directory ? -Errno.EACCES : LibC.Result(LibC.access(path, LibC.X_OK));
    }

    private static IEnumerable<byte[]> ArgumentsIn(byte[] line)
    {
        for (int start = 0; start < line.Length;)
        {
            int end = Array.IndexOf(line, (byte)0, start);
            end = end < 0 ? line.Length : end;
            yield return line[start..end];
            start = end + 1;
        }
    }
}
