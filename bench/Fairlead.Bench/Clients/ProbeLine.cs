using System.Globalization;
using System.Net.Sockets;

namespace Fairlead.Bench.Clients;

/// <summary>The bench's end of the connection to a <see cref="Probe"/>.</summary>
internal sealed class ProbeLine : IDisposable
{
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly StreamWriter writer;

    private ProbeLine(Socket socket)
    {
        stream = new NetworkStream(socket, ownsSocket: true);
        reader = new StreamReader(stream);
        writer = new StreamWriter(stream) { AutoFlush = true };
        Name = reader.ReadLine() ?? "";
    }

    public string Name { get; }

    /// <summary>Waits until so many probes have called.</summary>
    public static Dictionary<string, ProbeLine> Accept(Socket listener, int count, CancellationToken stop)
    {
        var lines = new Dictionary<string, ProbeLine>();
        while (lines.Count < count)
        {
            Socket socket = listener.AcceptAsync(stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), stop).GetAwaiter().GetResult();
            var line = new ProbeLine(socket);
            lines[line.Name] = line;
        }

        return lines;
    }

    public Sample List(string path, int count)
    {
        double[] words = Ask(string.Create(CultureInfo.InvariantCulture, $"{count} {path}"));
        return new Sample(words[0], words[1], words[2], (int)words[3]);
    }

    /// <summary>Runs a command where the probe is.</summary>
    /// <returns>How long it took, in milliseconds.</returns>
    public double Time(params string[] words) => Ask($"{Probe.RunCommand} {string.Join(' ', words)}")[0];

    public void Dispose()
    {
        writer.Dispose();
        reader.Dispose();
        stream.Dispose();
    }

    private double[] Ask(string line)
    {
        writer.WriteLine(line);
        return [.. (reader.ReadLine() ?? throw new IOException($"the probe {Name} has ended"))
            .Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }
}
