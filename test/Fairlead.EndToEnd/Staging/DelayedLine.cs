using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Fairlead.EndToEnd.Staging;

/// <summary>Two network devices (tun) with a line between them on which each packet travels for a while.</summary>
internal sealed partial class DelayedLine : IDisposable
{
    private const int O_RDWR = 2;
    private const uint TUNSETIFF = 0x400454ca;
    private const short IFF_TUN = 0x0001;
    private const short IFF_NO_PI = 0x1000;
    private const int MaxPacket = 65_536;

    private readonly int one;
    private readonly int other;
    private readonly Thread[] threads;

    public DelayedLine(string one, string other, TimeSpan journey)
    {
        this.one = Open(one);
        this.other = Open(other);
        threads = [.. Carry(this.one, this.other, journey), .. Carry(this.other, this.one, journey)];
    }

    /// <summary>To be called when one of the devices has been removed: what reads it has ended then.</summary>
    public void Dispose()
    {
        _ = Close(one);
        _ = Close(other);
    }

    private static Thread[] Carry(int from, int to, TimeSpan journey)
    {
        var travelling = new BlockingCollection<(long Sent, byte[] Packet)>();
        var sender = new Thread(() =>
        {
            byte[] buffer = new byte[MaxPacket];
            while (Read(from, buffer, MaxPacket) is var length && length > 0)
            {
                travelling.Add((Stopwatch.GetTimestamp(), buffer[..(int)length]));
            }
            travelling.CompleteAdding();
        });
        var receiver = new Thread(() =>
        {
            foreach ((long sent, byte[] packet) in travelling.GetConsumingEnumerable())
            {
                TimeSpan rest = journey - Stopwatch.GetElapsedTime(sent);
                Thread.Sleep(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
                _ = Write(to, packet, packet.Length);
            }
        });
        Thread[] both = [sender, receiver];
        foreach (Thread thread in both)
        {
            thread.IsBackground = true;
            thread.Start();
        }
        return both;
    }

    private static int Open(string name)
    {
        int device = OpenFile("/dev/net/tun", O_RDWR);
        byte[] request = new byte[40]; // struct ifreq: a name of 16 bytes, then flags
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(16), (short)(IFF_TUN | IFF_NO_PI));
        return device >= 0 && Control(device, TUNSETIFF, request) >= 0
            ? device
            : throw new InvalidOperationException($"no network device {name}: error {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, byte[] argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte[] buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
