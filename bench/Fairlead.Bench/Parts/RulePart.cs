using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>
/// Logins through a daemon without rules and through one with ten, each of which asks for the program, the folder and the server, and none
/// of which holds.
/// </summary>
internal sealed class RulePart : IPart
{
    private const int Rules = 10;

    /// <summary>As many servers as somebody knows after some years.</summary>
    private const int KnownServers = 200;

    private const string Without = "without rules";
    private const string With = "with ten rules";

    public string Name => "rules";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        BoundLogin login = BoundLogin.Make(FirstKey(stage.ListAnswer));
        WriteKnownHosts(stage, login.HostKey);
        (string Name, string Socket)[] daemons =
        [
            (Without, Daemon.Start(stage, stage.Discovery).Socket),
            (With, Daemon.Start(stage, stage.Discovery, string.Concat(Enumerable.Range(0, Rules).Select(Rule))).Socket),
        ];
        Rounds list = new(), sign = new();
        int failed = 0;
        for (int round = -1; round < stage.Options.Of(9, 3); round++)
        {
            foreach ((string name, string socket) in daemons)
            {
                stage.Stop.ThrowIfCancellationRequested();
                var lists = new List<double>();
                var signatures = new List<double>();
                for (int count = stage.Options.Of(200, 50); count > 0; count--)
                {
                    failed += LogIn(socket, login, lists, signatures) ? 0 : 1;
                }

                if (round >= 0) // before that it is only warming up
                {
                    list.Add(name, Median(lists));
                    sign.Add(name, Median(signatures));
                }
            }
        }

        string note = failed == 0 ? "" : $"{failed} failed";
        return
        [
            .. daemons.Select(daemon => new Row($"list of a login {daemon.Name}", list.Cell(daemon.Name, Unit.Microseconds, Without, Relay.Fairlead))),
            .. daemons.Select(daemon => new Row($"signature of a login {daemon.Name}", sign.Cell(daemon.Name, Unit.Microseconds, Without, Relay.Fairlead)) { Note = note }),
        ];
    }

    private static string Rule(int number) =>
        $"[[rule]]\nwhen = {{ under = \"program{number}\", cwd = \"/nowhere/{number}\", host = \"server{number}.example\" }}\nask = \"30m\"\n";

    private static bool LogIn(string socket, BoundLogin login, List<double> lists, List<double> signatures)
    {
        using var client = AgentClient.Connect(socket);
        return client.IsConnected
            && Ask(client, login.Bind, null)
            && Ask(client, Question.List, lists)
            && Ask(client, login.Sign, signatures);
    }

    private static bool Ask(AgentClient client, Question question, List<double>? times)
    {
        Span<byte> answer = stackalloc byte[1024];
        long began = Stopwatch.GetTimestamp();
        bool isAnswered = client.Ask(question.Frame, answer) > 0 && answer[sizeof(int)] == question.Answer;
        times?.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        return isAnswered;
    }

    /// <summary>The server is the last one.</summary>
    private static void WriteKnownHosts(Stage stage, byte[] hostKey)
    {
        string folder = stage.NewFolder("home/.ssh");
        IEnumerable<string> others = Enumerable.Range(0, KnownServers)
            .Select(number => $"other{number}.example ecdsa-sha2-nistp256 {Convert.ToBase64String(BoundLogin.Make([]).HostKey)}");
        File.WriteAllLines(Path.Join(folder, "known_hosts"), [.. others, $"git.example ecdsa-sha2-nistp256 {Convert.ToBase64String(hostKey)}"]);
    }

    private static byte[] FirstKey(byte[] list)
    {
        const int start = 9;
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(list.AsSpan(start));
        return list[(start + sizeof(int))..(start + sizeof(int) + length)];
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
