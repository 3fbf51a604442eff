using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A descriptor for one process: no other process can ever be meant by it, and it tells when the process has ended.</summary>
internal sealed partial class ProcessHandle : IDisposable
{
    private const int PidfdOpen = 434;
    private const int PidfdSendSignal = 424;
    private const int PidfdGetFd = 438;
    private const int Sigkill = 9;
    private const int Eintr = 4;
    private const short PollIn = 1;

    private readonly SafeFileHandle descriptor;

    private ProcessHandle(int id, SafeFileHandle descriptor)
    {
        Id = id;
        this.descriptor = descriptor;
    }

    public int Id { get; }

    public static ProcessHandle? Open(int id)
    {
        nint opened = SystemCall(PidfdOpen, id, 0, 0, 0);
        return opened < 0 ? null : new(id, new SafeFileHandle(opened, ownsHandle: true));
    }

    /// <summary>What each descriptor of a process leads to, as far as it is still open when it is looked at.</summary>
    public static IEnumerable<string> DescriptorsOf(int id) =>
        Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Select(link => new FileInfo(link).LinkTarget).OfType<string>();

    public void Kill() => _ = SystemCall(PidfdSendSignal, descriptor.DangerousGetHandle(), Sigkill, 0, 0);

    /// <summary>
    /// A socket of the process, for the test as well: the kernel goes on naming the process to whoever asks who listens or has connected.
    /// </summary>
    public SafeSocketHandle ShareSocket(int number)
    {
        nint shared = SystemCall(PidfdGetFd, descriptor.DangerousGetHandle(), number, 0, 0);
        return shared < 0 ? throw new InvalidOperationException($"process {Id} has no descriptor {number} to share") : new(shared, ownsHandle: true);
    }

    public Task Ended() => EndedWithin(Deadline.Length);

    public Task EndedWithin(TimeSpan limit) => Task.Run(() =>
    {
        var wanted = new PollEntry { Descriptor = (int)descriptor.DangerousGetHandle(), Events = PollIn };
        int ready;
        do
        {
            // A signal, such as the end of another child, interrupts the wait.
            ready = Poll(ref wanted, 1, (int)limit.TotalMilliseconds);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == Eintr);
        if (ready != 1)
        {
            throw new TimeoutException($"process {Id} does not end");
        }
    });

    public void Dispose() => descriptor.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
