using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>One step of a plan, with all its choices made.</summary>
/// <param name="Slot">The person whose login it is about; for a client, in whose shell it runs.</param>
internal sealed record ChaosStep(StepKind Kind, int Slot)
{
    /// <summary>A client that no login leads to.</summary>
    public const int Outside = -1;

    public Temper Temper { get; init; }

    public SocketLayout Layout { get; init; }

    /// <summary>How many connections wait for an agent that does not accept.</summary>
    public int Backlog { get; init; }

    public ClientKind Client { get; init; }

    /// <summary>Whose key a client asks a signature of; its own choice from the list when null.</summary>
    public int? KeyOf { get; init; }

    public PlaceFault Fault { get; init; }

    /// <summary>What else a step has to choose: how many requests, which bytes.</summary>
    public int Seed { get; init; }

    public override string ToString() => Kind switch
    {
        StepKind.Appear => $"{Slot} appears, {Temper}, {Layout}, backlog {Backlog}",
        StepKind.Leave => $"{Slot} leaves",
        StepKind.Crash => $"{Slot} crashes",
        StepKind.Turn => $"{Slot} turns {Temper}",
        StepKind.Client => $"{Client} from {(Slot == Outside ? "outside" : $"login {Slot}")}, {(KeyOf is int key ? $"key of {key}" : "any key")}, seed {Seed}",
        StepKind.Muster => "all good agents are asked",
        StepKind.HangUp => $"a client of {Slot} hangs up while its person is asked",
        StepKind.MarkGoes => "the mark of a login in /tmp goes",
        StepKind.PlaceFails => $"the place fails, {Fault}",
        StepKind.Sandbox => "a client in namespaces of its own",
        _ => "all but one leave",
    };
}
