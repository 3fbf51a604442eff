using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>What happens, in which order: from one number, whatever comes of it.</summary>
internal sealed class ChaosPlan
{
    /// <summary>How many people log in and out. The last of them is the agent of the configuration.</summary>
    public const int Slots = 6;

    public const int Configured = Slots - 1;

    private const int AgentStepsInHundred = 22;
    private const int MustersInThousand = 10;
    private const int HangUpsInThousand = 30;
    private const int MarksInThousand = 15;
    private const int FailuresInThousand = 20;
    private const int SandboxesInThousand = 10;

    /// <summary>What a daemon needs once it has after so many steps.</summary>
    private const int WarmUpSteps = 100;

    private static readonly Temper[] Bad = [.. Enum.GetValues<Temper>().Where(temper => temper != Temper.Good)];

    private static readonly (ClientKind Kind, int Weight)[] Clients =
    [
        (ClientKind.List, 6), (ClientKind.ListAndSign, 12), (ClientKind.SignAtOnce, 4), (ClientKind.Bound, 8), (ClientKind.Forwarded, 6),
        (ClientKind.Long, 5), (ClientKind.Change, 5), (ClientKind.HalfClose, 3), (ClientKind.Crumbs, 2), (ClientKind.LeaveEarly, 5),
        (ClientKind.LeaveInMessage, 2), (ClientKind.NeverReads, 2), (ClientKind.Garbage, 2), (ClientKind.Look, 2),
    ];

    private readonly Random random;
    private readonly Temper?[] tempers = new Temper?[Slots];

    public ChaosPlan(int seed)
    {
        random = new Random(seed);
        Wait = random.Next(2) == 0 ? "0s" : "2s";
    }

    /// <summary>How long a list is held that nobody answers.</summary>
    public string Wait { get; }

    /// <summary>Without an end: who plays them says when it is enough.</summary>
    public IEnumerable<ChaosStep> Steps()
    {
        for (int step = 1; ; step++)
        {
            yield return step == WarmUpSteps ? Rest() : Next();
        }
    }

    private ChaosStep Rest()
    {
        Array.Clear(tempers);
        tempers[0] = Temper.Good;
        return new(StepKind.Rest, ChaosStep.Outside);
    }

    private ChaosStep Next()
    {
        int point = random.Next(1000);
        if ((point -= MustersInThousand) < 0)
        {
            return new(StepKind.Muster, ChaosStep.Outside);
        }
        if ((point -= HangUpsInThousand) < 0)
        {
            return new(StepKind.HangUp, random.Next(Configured));
        }
        if ((point -= MarksInThousand) < 0)
        {
            return new(StepKind.MarkGoes, ChaosStep.Outside);
        }
        if ((point -= FailuresInThousand) < 0)
        {
            return new(StepKind.PlaceFails, ChaosStep.Outside) { Fault = Any(Enum.GetValues<PlaceFault>()) };
        }
        if ((point -= SandboxesInThousand) < 0)
        {
            return new(StepKind.Sandbox, ChaosStep.Outside);
        }
        return random.Next(100) < AgentStepsInHundred ? NextOfAgent(random.Next(Slots)) : NextOfClient();
    }

    private ChaosStep NextOfAgent(int slot)
    {
        if (tempers[slot] is not Temper now)
        {
            tempers[slot] = random.Next(100) < 70 ? Temper.Good : Any(Bad);
            return new(StepKind.Appear, slot)
            {
                Temper = tempers[slot]!.Value,
                Layout = (SocketLayout)random.Next(2),
                Backlog = random.Next(4) == 0 ? 1 : 128,
            };
        }
        if (random.Next(100) < 40)
        {
            tempers[slot] = null;
            return new(random.Next(3) == 0 ? StepKind.Crash : StepKind.Leave, slot);
        }
        tempers[slot] = now != Temper.Good && random.Next(100) < 75 ? Temper.Good : Any(Bad);
        return new(StepKind.Turn, slot) { Temper = tempers[slot]!.Value };
    }

    private ChaosStep NextOfClient()
    {
        int[] there = [.. Enumerable.Range(0, Slots).Where(slot => tempers[slot] is not null)];
        return new(StepKind.Client, there.Length == 0 || random.Next(100) < 40 ? ChaosStep.Outside : Any(there))
        {
            Client = AnyClient(),
            KeyOf = random.Next(100) < 60 ? null : random.Next(Slots + 2),
            Seed = random.Next(),
        };
    }

    private ClientKind AnyClient()
    {
        int point = random.Next(Clients.Sum(client => client.Weight));
        return Clients.First(client => (point -= client.Weight) < 0).Kind;
    }

    private T Any<T>(T[] choices) => choices[random.Next(choices.Length)];
}
