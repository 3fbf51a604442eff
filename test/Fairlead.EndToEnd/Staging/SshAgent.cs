using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A real ssh-agent in the foreground, at a path of the test's choice.</summary>
internal sealed partial class SshAgent : IAsyncDisposable
{
    private readonly LongRunning process;

    private SshAgent(string socket, LongRunning process)
    {
        Socket = socket;
        this.process = process;
    }

    public string Socket { get; }

    public int ProcessId => process.ProcessId;

    /// <summary>Starts it as <paramref name="owner"/>, or as the one who runs the tests.</summary>
    public static async Task<SshAgent> Start(string socket, Account? owner = null, params string[] environment)
    {
        Invocation command = Invocation.Of("ssh-agent", "-D", "-a", socket);
        var process = LongRunning.Start(owner is null ? command.WithOnly(environment) : command.As(owner, environment));
        // ssh-agent prints this line when its socket listens.
        return await process.Says(Ready()) is null
            ? throw new InvalidOperationException($"ssh-agent did not start: {process.Said}")
            : new(socket, process);
    }

    public async Task Add(SshKey key, params string[] options) =>
        (await Invocation.Of(["ssh-add", "-q", .. options, key.Path]).WithOnly($"SSH_AUTH_SOCK={Socket}").Run()).Succeeded();

    public async Task<string> List() =>
        (await Invocation.Of("ssh-add", "-l").WithOnly($"SSH_AUTH_SOCK={Socket}").Run()).Output;

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [GeneratedRegex("echo Agent pid")]
    private static partial Regex Ready();
}
