namespace Fairlead.EndToEnd.Staging;

/// <summary>Configurations that leave nothing on the machine to be found.</summary>
internal static class Settings
{
    public static string WithOnly(SshAgent agent) => WithOnly(agent.Socket);

    public static string WithOnly(string agentSocket) =>
        $"""
        [discovery]
        folders = []

        [[agent]]
        name = "local"
        socket = "{agentSocket}"
        role = "fallback"
        """;
}
