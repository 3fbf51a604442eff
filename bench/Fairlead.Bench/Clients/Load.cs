using System.Diagnostics;

namespace Fairlead.Bench.Clients;

/// <summary>Clients that ask at the same time, one thread each.</summary>
internal static class Load
{
    private const int StackSize = 256 * 1024;

    /// <param name="count">Requests of each client, each on a connection of its own, or all on one.</param>
    public static Sample Run(string path, Question question, int clients, int count, bool isOneConnection = false)
    {
        double[][] times = [.. Enumerable.Range(0, clients).Select(_ => new double[count])];
        using var start = new ManualResetEventSlim();
        Thread[] threads = [.. times.Select(own => new Thread(() => Ask(path, question, own, isOneConnection, start), StackSize))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        long began = Stopwatch.GetTimestamp();
        start.Set();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        List<double> good = [.. times.SelectMany(own => own).Where(time => time > 0)];
        return Sample.Of(good, took, (clients * count) - good.Count);
    }

    private static void Ask(string path, Question question, double[] times, bool isOneConnection, ManualResetEventSlim start)
    {
        Span<byte> answer = stackalloc byte[1024];
        using AgentClient kept = isOneConnection ? AgentClient.Connect(path) : default;
        start.Wait();
        for (int i = 0; i < times.Length; i++)
        {
            long began = Stopwatch.GetTimestamp();
            bool isAnswered;
            if (isOneConnection)
            {
                isAnswered = IsAnswered(kept, question, answer);
            }
            else
            {
                using var client = AgentClient.Connect(path);
                isAnswered = IsAnswered(client, question, answer);
            }

            times[i] = isAnswered ? Stopwatch.GetElapsedTime(began).TotalMicroseconds : 0;
        }
    }

    private static bool IsAnswered(AgentClient client, Question question, Span<byte> answer) =>
        client.IsConnected && client.Ask(question.Frame, answer) > 0 && answer[sizeof(int)] == question.Answer;
}
