using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>Plays a plan: what agents do one thing after another, clients beside it.</summary>
internal sealed class ChaosRun : IDisposable
{
    private const int ClientsAtOnce = 16;

    /// <summary>What follows an event in the daemon follows in its own time; each answer is proof that it had some.</summary>
    private const int Settling = 200;

    /// <summary>For allocations that are made once and kept. What leaks with each conversation is far more after a run.</summary>
    private const long MemoryAllowance = 4 * 1024;

    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(500);

    private readonly ChaosWorld world;
    private readonly ChaosBudget budget;
    private readonly ChaosTrials trials;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim room = new(ClientsAtOnce);
    private readonly HashSet<Task> clients = [];
    private readonly StringBuilder log = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TaskCompletionSource nextStep = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isHurried;
    private (int Descriptors, long Memory)? warm;
    private int conversations;
    private int steps;

    public ChaosRun(ChaosWorld world, ChaosBudget budget)
    {
        this.world = world;
        this.budget = budget;
        trials = new ChaosTrials(world, List);
    }

    private Model Model => world.Model;

    private int Daemon => world.Daemon.ProcessId;

    /// <summary>How much there was, for who reads the output.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>All that was done, and what the daemon said to it.</summary>
    public string Log => $"{log}\nthe daemon:\n{world.Daemon.Log}";

    public void Dispose() => room.Dispose();

    /// <summary>
    /// Until the time is over or something is not right; but never before the daemon is warm: where nobody is logged in for a while, each list takes
    /// the whole time that the configuration has it wait.
    /// </summary>
    public async Task Play(ChaosPlan plan)
    {
        foreach (ChaosStep step in plan.Steps().TakeWhile(_ => (clock.Elapsed < budget.Time || warm is null) && Model.Faults.IsEmpty))
        {
            log.Append(CultureInfo.InvariantCulture, $"{++steps} at {clock.ElapsedMilliseconds} ms: {step}\n");
            Pulse();
            await Play(step);
        }
        (int descriptors, long memory) = await Rest();
        if (warm is (int descriptorsBefore, long memoryBefore))
        {
            Expect(descriptors <= descriptorsBefore, $"{descriptors} descriptors are open, {descriptorsBefore} before");
            Expect(memory <= memoryBefore + MemoryAllowance, $"{memory} KiB are the daemon's own, {memoryBefore} before");
        }
        ExpectIdleness();
        Expect(!world.Daemon.Log.Contains("internal error", StringComparison.Ordinal), "the daemon met an error of its own");
        Summary = string.Create(CultureInfo.InvariantCulture,
            $"chaos with seed {budget.Seed}: {steps} steps, {conversations} conversations; "
            + $"descriptors {warm?.Descriptors} then {descriptors}; memory {warm?.Memory} KiB then {memory} KiB");
    }

    private async Task Play(ChaosStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Appear:
                await world.Appear(step);
                break;
            case StepKind.Leave or StepKind.Crash:
                await world.Leave(step.Slot, isClean: step.Kind == StepKind.Leave);
                break;
            case StepKind.Turn:
                world.Turn(step.Slot, step.Temper);
                break;
            case StepKind.Client:
                await Hurry(room.WaitAsync);
                Begin(step);
                break;
            case StepKind.Muster:
                await Muster();
                break;
            case StepKind.HangUp or StepKind.MarkGoes or StepKind.PlaceFails or StepKind.Sandbox:
                await Hurry(ClientsEnd);
                await trials.Play(step);
                break;
            case StepKind.Rest:
                warm = await Rest();
                break;
        }
    }

    private void Begin(ChaosStep step)
    {
        Task client = Converse(step, world.At(step.Slot));
        lock (gate)
        {
            clients.Add(client);
        }
        client.ContinueWith(ended =>
        {
            lock (gate)
            {
                clients.Remove(ended);
            }
            room.Release();
        }, TaskScheduler.Default);
    }

    private async Task Converse(ChaosStep step, Presence? from)
    {
        try
        {
            RawClient? connected = from is null ? await RawClient.Connect(world.Daemon.Socket) : await from.Login.Connect();
            if (connected is not null)
            {
                var conversation = new ClientConversation(Interlocked.Increment(ref conversations));
                ChaosAgent? own = from?.Agent.IsConfigured == false ? from.Agent : null;
                using var client = new ChaosClient(Model, connected, conversation, step, own, NextStep);
                await client.Play();
            }
        }
        catch (Exception failure)
        {
            Model.Faults.Enqueue($"{step}: {failure}");
        }
    }

    /// <summary>What a conversation waits for that goes on while things happen; nothing, when the plan waits for conversations.</summary>
    private Task NextStep()
    {
        lock (gate)
        {
            return isHurried ? Task.CompletedTask : nextStep.Task;
        }
    }

    private async Task Hurry(Func<Task> wait)
    {
        isHurried = true;
        Pulse();
        await wait();
        isHurried = false;
    }

    /// <summary>Lets those go on who wait for something to happen.</summary>
    private void Pulse()
    {
        lock (gate)
        {
            nextStep.SetResult();
            nextStep = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        foreach (Presence present in world.Present)
        {
            present.Agent.Touch();
        }
    }

    /// <summary>Until the last client has its answer. Each one's end is an event for those who wait for one.</summary>
    private async Task ClientsEnd()
    {
        while (true)
        {
            Task[] left;
            lock (gate)
            {
                left = [.. clients];
            }
            if (left.Length == 0)
            {
                return;
            }
            Pulse();
            await Task.WhenAny([.. left, .. world.Present.Select(present => present.Agent.Asked)]);
        }
    }

    /// <summary>An agent that answers is in use, wherever it has been before.</summary>
    private async Task Muster()
    {
        await Hurry(ClientsEnd);
        foreach (Presence present in world.Present.Where(present => present.Agent is { IsConfigured: false, Temper.Standing: Standing.Able }))
        {
            ChaosAgent agent = present.Agent;
            for (int turn = 0; turn < Settling && Model.Faults.IsEmpty && Model.StandingOf(agent) != Standing.Able; turn++)
            {
                await Converse(new(StepKind.Client, agent.Slot) { Client = ClientKind.List }, present);
            }
            Expect(!Model.Faults.IsEmpty || Model.StandingOf(agent) == Standing.Able, $"{agent.Name} answers and is not asked any more");
        }
    }

    /// <summary>One able agent, nobody else, nothing under way.</summary>
    private async Task<(int Descriptors, long Memory)> Rest()
    {
        await world.Empty();
        await Hurry(ClientsEnd);
        int descriptors = int.MaxValue;
        for (int turn = 0; turn < Settling && descriptors > (warm?.Descriptors ?? 0); turn++)
        {
            await List(from: null);
            descriptors = Math.Min(descriptors, DaemonVitals.Descriptors(Daemon));
        }
        return (descriptors, DaemonVitals.Memory(Daemon));
    }

    private Task List(Presence? from) => Converse(new(StepKind.Client, from?.Agent.Slot ?? ChaosStep.Outside) { Client = ClientKind.List }, from);

    /// <summary>While the test does some work, the daemon does none.</summary>
    private void ExpectIdleness()
    {
        TimeSpan before = DaemonVitals.ProcessorTime(Daemon);
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - begun < Work)
        {
        }
        TimeSpan used = DaemonVitals.ProcessorTime(Daemon) - before;
        Expect(used < Work / 5, $"the daemon at rest used {used.TotalMilliseconds} ms of the processor while the test used {Work.TotalMilliseconds} ms");
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Model.Faults.Enqueue(otherwise);
        }
    }
}
