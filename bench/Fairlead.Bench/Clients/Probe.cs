using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Clients;

/// <summary>
/// A client that runs where it was started: below a login, in a pane, under init. It is told over a socket what to measure, and ends with it.
/// </summary>
internal static class Probe
{
    /// <summary>Begins a line with a command to run; other lines ask for lists.</summary>
    public const string RunCommand = "run";

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
            writer.WriteLine(words[0] == RunCommand ? Time(words[1..]) : List(words[1], int.Parse(words[0], CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static string List(string path, int count)
    {
        Sample sample = Load.Run(path, Question.List, 1, count);
        return string.Create(CultureInfo.InvariantCulture, $"{sample.Median} {sample.Tail} {sample.PerSecond} {sample.Failed}");
    }

    /// <summary>How long a command takes, in milliseconds.</summary>
    private static string Time(string[] words)
    {
        string[] environment = [.. from DictionaryEntry variable in Environment.GetEnvironmentVariables() select $"{variable.Key}={variable.Value}"];
        long began = Stopwatch.GetTimestamp();
        Child.Start(environment, words).WaitForEnd();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
    }
}
