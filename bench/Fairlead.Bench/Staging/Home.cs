namespace Fairlead.Bench.Staging;

/// <summary>What a person has: one login with its agent, and a daemon in its usual place.</summary>
/// <param name="Environment">Of the login's shell.</param>
internal sealed record Home(Daemon Daemon, IReadOnlyList<string> Environment)
{
    public static Home Start(Stage stage)
    {
        string discovery = stage.NewFolder(Path.GetFileName(stage.NewPath("logins")));
        Logins.Start(stage, discovery, 1, []);
        return new Home(
            Daemon.StartAtHome(stage, discovery),
            [.. stage.Environment, $"SSH_AUTH_SOCK={Logins.AgentOf(discovery, 1)}", "SSH_CONNECTION=10.1.0.2 50000 10.0.0.1 22"]);
    }
}
