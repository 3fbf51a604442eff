using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Panes from before that the daemon cannot heal: their programs name a path at which nobody listens.</summary>
internal static class StalePathCheck
{
    private const string Name = "old panes";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        if (facts.OldProcesses.Count == 0)
        {
            return [Finding.Ok(Name, "no program of yours was started with a path that is dead")];
        }

        return facts.OldProcesses.Select(process => Judge(process, facts));
    }

    private static Finding Judge(StalePathProcess process, DoctorFacts facts)
    {
        string message = $"{process.Command} (process {process.Pid}) was started with a dead SSH_AUTH_SOCK, {process.Path}";
        if (facts.Daemon.Status is null)
        {
            return Finding.Warning(Name, message, "The daemon may be able to listen at that path again.", "fairlead start");
        }

        return process.Shell is { } shell
            ? Finding.Warning(Name, message, "Unless its rc file has mended it since, type this line in that shell.", facts.Shell.Lines.For(shell))
            : Finding.Warning(Name, message, "It keeps the path until it ends: start it anew from a shell that has another.");
    }
}
