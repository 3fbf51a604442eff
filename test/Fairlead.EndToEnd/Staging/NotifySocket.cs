using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>Where systemd listens to what its services say of themselves (sd_notify(3)).</summary>
internal sealed class NotifySocket : IAsyncDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly TerminalText text = new();
    private readonly Task reading;

    private NotifySocket(string path)
    {
        Path = path;
        socket.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, (UnixFileMode)0x1B6);
        reading = Task.Run(Read);
    }

    public string Path { get; }

    public static NotifySocket Create(string path) => new(path);

    /// <summary>Waits for a message, which ends with its line.</summary>
    public Task<Match> Hears(string pattern) =>
        text.Next(new Regex($"{pattern}\n"), 0).InTime(() => Task.FromResult($"/{pattern}/ was not said:\n{text}"));

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await reading;
    }

    private async Task Read()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(buffer);
                text.Append(Encoding.UTF8.GetString(buffer, 0, length) + "\n");
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
