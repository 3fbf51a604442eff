using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Output;

namespace Fairlead.Daemon;

/// <summary>
/// What the daemon says of itself: a line for each event that a person may ask about later, never for a request. Never a secret.
/// </summary>
/// <remarks>
/// Written on the worker, for the file may be on a dead file server or a full disk; a line that cannot be written is lost. The
/// file is opened for each line, so it may be moved or removed at any time.
/// </remarks>
internal sealed class Log(BlockingWorker worker, TimeProvider time, string? path)
{
    /// <summary>A log that has grown beyond this is emptied.</summary>
    private const long MaxLength = 256 * 1024;

    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    public void Write(string text)
    {
        string moment = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        byte[] line = Encoding.UTF8.GetBytes($"{moment} fairlead[{CurrentProcess.Pid}]: {PlainText.Of(text)}\n");
        _ = AppendAsync(line);
    }

    private async Task AppendAsync(byte[] line) => await worker.RunAsync(() => Append(line), WriteTimeout);

    private unsafe int Append(byte[] line)
    {
        int descriptor = path is null ? 2 : Open(path);
        if (descriptor < 0)
        {
            return descriptor;
        }

        fixed (byte* bytes = line)
        {
            _ = LibC.write(descriptor, bytes, (nuint)line.Length);
        }

        return path is null ? 0 : LibC.close(descriptor);
    }

    private static int Open(string path)
    {
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, flags, FilePermissions.OwnersReadAndWrite));
        if (descriptor >= 0 && FileStatus.TryRead(descriptor, out FileStatus status) >= 0 && status.Length > MaxLength)
        {
            _ = LibC.ftruncate(descriptor, 0);
        }

        return descriptor;
    }
}
