namespace Fairlead.EndToEnd.Staging;

/// <summary>A socket file that nobody listens on any more, as a process leaves it that was killed.</summary>
internal static class DeadSocket
{
    public static async Task Leave(string path, Account owner)
    {
        await using SshAgent agent = await SshAgent.Start(path, owner);
        using ProcessHandle process = ProcessHandle.Open(agent.ProcessId)!;
        process.Kill();
        await process.Ended();
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"{path} is gone with its process");
        }
    }
}
