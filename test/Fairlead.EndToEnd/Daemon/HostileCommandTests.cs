using System.Globalization;
using System.Security.Cryptography;
using Fairlead.EndToEnd.Chaos;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>
/// Programs of the person's own that say anything to the control socket: bytes, JSON of wrong shapes, descriptors of wrong kinds, halves and floods. The daemon
/// answers or hangs up, keeps nothing, and goes on.
/// </summary>
public sealed class HostileCommandTests
{
    private const int FixedSeed = 4711;
    private const int Clients = 300;

    /// <summary>A descriptor may be closed a moment after its client has gone: each answer is proof that some time has passed.</summary>
    private const int Settling = 200;

    [Fact]
    public Task The_usual_nonsense_does_no_harm() => Play(FixedSeed);

    /// <summary>Other nonsense each time; the script prints the seed, and plays the same again when it is run by hand.</summary>
    [Fact]
    public Task Any_nonsense_does_no_harm() => Play(RandomNumberGenerator.GetInt32(int.MaxValue));

    private static async Task Play(int seed)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, "key"), "the-key"));
        ForegroundDaemon daemon = await ForegroundDaemon.StartBefore(stage, agent.Socket);
        await ExpectKeys(daemon);
        await Say(stage, daemon, seed, 20); // what it opens once, for its first commands, it keeps
        int before = DaemonVitals.Descriptors(daemon.ProcessId);

        TestContext.Current.TestOutputHelper?.WriteLine(await Say(stage, daemon, seed, Clients));
        Assert.DoesNotContain("internal error", daemon.Log, StringComparison.Ordinal);
        int left = int.MaxValue;
        for (int turn = 0; turn < Settling && left > before; turn++)
        {
            await ExpectKeys(daemon);
            left = DaemonVitals.Descriptors(daemon.ProcessId);
        }

        Assert.True(left <= before, $"seed {seed}: {left} descriptors are open, {before} before: {string.Join(' ', daemon.OpenDescriptors)}");
    }

    private static async Task<string> Say(Stage stage, ForegroundDaemon daemon, int seed, int clients)
    {
        Finished script = await stage.AsPerson(
            PythonScript.Program, PythonScript.PathOf("control-fuzz"), daemon.Control,
            seed.ToString(CultureInfo.InvariantCulture), clients.ToString(CultureInfo.InvariantCulture));
        Assert.True(script.ExitCode == 0, $"seed {seed}: {script.Output}{script.Error}\n{daemon.Log}");
        return script.Output;
    }

    private static async Task ExpectKeys(ForegroundDaemon daemon)
    {
        using RawClient client = await RawClient.Connect(daemon.Socket);
        await client.Send(Message.List);
        Assert.StartsWith("0C00000001", await client.ReadFrame(), StringComparison.Ordinal);
    }
}
