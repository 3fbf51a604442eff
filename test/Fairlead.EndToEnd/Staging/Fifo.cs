using System.Runtime.InteropServices;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A named pipe that the test reads as it fills: how a terminal or a detached job tells its news without being polled.</summary>
internal sealed partial class Fifo : IDisposable
{
    private readonly FileStream stream;
    private readonly Thread reader;
    private volatile bool closed;

    private Fifo(string path, Action<ReadOnlySpan<byte>> heard)
    {
        Path = path;
        // Opened for both directions: then neither the opening waits for a writer, nor does the last writer's leaving end it.
        stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        reader = new Thread(() => Read(heard)) { IsBackground = true, Name = path };
        reader.Start();
    }

    public string Path { get; }

    public static Fifo Create(string path, Action<ReadOnlySpan<byte>> heard)
    {
        if (MakeFifo(path, 0x1B6) != 0)
        {
            throw new IOException($"cannot make the fifo {path}: errno {Marshal.GetLastPInvokeError()}");
        }
        File.SetUnixFileMode(path, (UnixFileMode)0x1B6);
        return new(path, heard);
    }

    public void Dispose()
    {
        closed = true;
        stream.Write([0]);
        reader.Join();
        stream.Dispose();
        File.Delete(Path);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeFifo(string path, uint mode);

    private void Read(Action<ReadOnlySpan<byte>> heard)
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (true)
        {
            int count = stream.Read(buffer);
            if (closed)
            {
                return;
            }
            heard(buffer[..count]);
        }
    }
}
