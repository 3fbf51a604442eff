using System.Globalization;
using System.Net.Sockets;

namespace Fairlead.Bench.Clients;

/// <summary>
/// A client that runs where it was started: below a login, in a pane, under init. It is told over a socket what to measure, and ends with it.
/// </summary>
internal static class Probe
{
    public static int Run(string name, string caller)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(caller));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        using var writer = new StreamWriter(stream) { AutoFlush = true };
        writer.WriteLine(name);
        while (reader.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            Sample sample = Load.Run(words[1], Question.List, 1, int.Parse(words[0], CultureInfo.InvariantCulture));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.Median} {sample.Tail} {sample.PerSecond} {sample.Failed}"));
        }

        return 0;
    }
}
