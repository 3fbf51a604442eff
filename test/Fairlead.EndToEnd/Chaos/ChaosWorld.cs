using System.Security.Cryptography;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>A daemon, and the people who come and go in front of it.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private readonly Stage stage;
    private readonly string folder;
    private readonly string configured;
    private readonly Presence?[] people = new Presence?[ChaosPlan.Slots];
    private int made;

    private ChaosWorld(Stage stage, string folder, string configured, ForegroundDaemon daemon)
    {
        this.stage = stage;
        this.folder = folder;
        this.configured = configured;
        Daemon = daemon;
    }

    public ForegroundDaemon Daemon { get; }

    public Model Model { get; } = new();

    public Account Person => stage.Person;

    public IEnumerable<Presence> Present => people.OfType<Presence>();

    public static async Task<ChaosWorld> Raise(string wait)
    {
        Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string folder = stage.Person.InHome("agents");
        string configured = stage.Person.InHome("configured");
        (await stage.AsPerson("mkdir", "-m", "700", folder, configured)).Succeeded();
        configured = Path.Combine(configured, "agent.sock");
        return new(stage, folder, configured, await ForegroundDaemon.Start(stage,
            $"""
            [discovery]
            folders = ["{folder}", "/tmp"]

            [patience]
            answer = "2s"
            person = "3s"
            busy = "10s"

            [wait]
            time = "{wait}"

            [[agent]]
            name = "configured"
            socket = "{configured}"
            role = "fallback"
            """));
    }

    /// <summary>The number of an agent that is about to come.</summary>
    public int NextNumber() => ++made;

    public Presence? At(int slot) => slot == ChaosStep.Outside ? null : people[slot];

    public async Task Appear(ChaosStep step)
    {
        var agent = new ChaosAgent(Model, step.Slot, NextNumber(), step.Temper);
        string path = NewPath(step);
        Model.Note(agent, Standing.Coming);
        ChaosLogin login = await ChaosLogin.Start(stage.Person, path, step.Backlog, Daemon.Socket);
        agent.Serve(login.Listener);
        Model.Turn(agent, step.Temper);
        people[step.Slot] = new(login, agent, path);
    }

    public void Turn(int slot, Temper temper) => Model.Turn(people[slot]!.Agent, temper);

    /// <param name="isClean">sshd removes the socket; after a crash it stays and refuses.</param>
    public async Task Leave(int slot, bool isClean)
    {
        (ChaosLogin login, ChaosAgent agent, string path) = people[slot]!;
        people[slot] = null;
        Model.Note(agent, Standing.Ending);
        if (isClean)
        {
            File.Delete(path);
        }
        await login.DisposeAsync();
        agent.Dispose();
        if (isClean && Path.GetDirectoryName(path) is string above && above.StartsWith(folder + "/", StringComparison.Ordinal))
        {
            Directory.Delete(above);
        }
        Model.Forget(agent);
    }

    /// <summary>Everybody leaves but one, who is able.</summary>
    public async Task Empty()
    {
        for (int slot = 0; slot < people.Length; slot++)
        {
            if (people[slot] is not null)
            {
                await Leave(slot, isClean: true);
            }
        }
        await Appear(new(StepKind.Appear, 0) { Temper = Temper.Good, Backlog = 128 });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Presence present in Present)
        {
            await present.Login.DisposeAsync();
            present.Agent.Dispose();
        }
        await stage.DisposeAsync();
    }

    private string NewPath(ChaosStep step)
    {
        string random = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10);
        return step.Slot == ChaosPlan.Configured ? configured
            : step.Layout == SocketLayout.TemporaryFolder ? Path.Combine(folder, $"ssh-{random}", $"agent.{made}")
            : Path.Combine(folder, $"s.{HostName.Hash}.sshd.{random}");
    }
}
