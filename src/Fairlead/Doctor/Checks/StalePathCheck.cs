using Fairlead.Output;

namespace Fairlead.Doctor.Checks;

/// <summary>Old panes that the daemon cannot help: their programs name a path at which nobody listens.</summary>
internal static class StalePathCheck
{
    private const string Name = "old panes";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        if (facts.OldProcesses.Count == 0)
        {
            return [Finding.Ok(Name, "none of your programs was started with a stale SSH_AUTH_SOCK")];
        }

        return facts.OldProcesses.Select(process => Judge(process, facts));
    }

    private static Finding Judge(StalePathProcess process, DoctorFacts facts)
    {
        string message = $"{process.Command} (process {process.Pid}) was started with a stale SSH_AUTH_SOCK, {process.Path}";
        if (facts.Daemon.Status is null)
        {
            return Finding.Warning(Name, message, "When the daemon runs, it may be able to listen at that path again.", "fairlead start");
        }

        return process.Shell is { } shell
            ? Finding.Warning(Name, message, "Type this in that shell, unless its rc file has already changed the path.", facts.Shell.Lines.For(shell))
            : Finding.Warning(Name, message, "It keeps that path until it ends. Start it again from a shell with a newer path.");
    }
}
