using BenchmarkDotNet.Attributes;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Micro;

/// <summary>What a request passes through inside the daemon, without the sockets.</summary>
[MemoryDiagnoser]
public class InnerParts
{
    private const int KeyLength = 51;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly int self = Environment.ProcessId;
    private readonly byte[] list = ListOf(6);
    private readonly RouteFacts facts = new(new Caller(900, [900, 800, 1], null), [.. Enumerable.Range(1, 200).Select(LoginWithAgent)]);

    [Benchmark(Description = "read a list of six keys")]
    public int ReadList()
    {
        int bytes = 0;
        if (AgentFrame.TryReadLength(list, out int length)
            && IdentitiesAnswer.TryRead(list.AsSpan(AgentFrame.HeaderLength, length), out IdentitiesAnswer answer))
        {
            foreach (IdentityEntry entry in answer)
            {
                bytes += entry.KeyBlob.Length;
            }
        }

        return bytes;
    }

    [Benchmark(Description = "choose among 200 agents")]
    public int Choose() => Router.Choose(facts).Steps.Count;

    [Benchmark(Description = "read /proc/PID/stat")]
    public int ReadProcess() => ProcessStat.TryRead(self, out ProcessStat stat) ? stat.Parent : 0;

    private static byte[] ListOf(byte keys)
    {
        byte[] key = [0, 0, 0, KeyLength, .. new byte[KeyLength], 0, 0, 0, 0];
        byte[] body = [(byte)AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER, 0, 0, 0, keys, .. Enumerable.Repeat(key, keys).SelectMany(bytes => bytes)];
        return [0, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private static AgentFacts LoginWithAgent(int number) => new(
        new Agent
        {
            Path = $"/tmp/ssh-{number:0000000000}/agent.{number}",
            Source = AgentSource.Forwarded,
            Identity = new FileIdentity(1, (ulong)number),
            Created = Noon.AddSeconds(number),
        },
        new Login(1000 + number, "al", [new Terminal($"pts/{number}", Noon.AddMinutes(number))], $"10.1.0.{number} 50000 10.0.0.1 22"));
}
