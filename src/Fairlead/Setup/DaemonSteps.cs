using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>What is to be done about the daemon when all is undone.</summary>
internal static class DaemonSteps
{
    /// <summary>After the units: systemd would start it again.</summary>
    public static SetupSection End(SetupFacts facts) => new(
        "Will stop the daemon, which leaves open shells without an agent, and remove its files",
        [
            .. facts.Daemons.Count == 0 ? [] : new[] { new SetupStep(SetupAction.Stop, "the daemon", [.. facts.Daemons.Select(pid => $"the daemon, process {pid}")]) },
            .. facts.DaemonFiles.Select(Remove),
        ]);

    /// <summary>What no setup has made is no setup's to remove.</summary>
    public static IEnumerable<string> Notes(SetupFacts facts)
    {
        string home = facts.Paths.Home;
        if (facts.Socket is { } socket && facts.DaemonFiles.Count > 0)
        {
            string forget = (Shells.OfProgram(facts.LoginShell) ?? Shells.Sh).Forget("SSH_AUTH_SOCK");
            yield return $"Shells that are open now keep SSH_AUTH_SOCK={TypedPath.Of(socket, home)}, where nothing will listen. To have an agent, log in again. "
                + $"'{forget}' in such a shell only ends the attempts to reach one.";
        }

        if (facts.Configuration is { } configuration)
        {
            yield return $"Your configuration is kept: {TypedPath.Of(configuration, home)}";
        }

        if (facts.ProgramIsInHome && facts.Programs.Count > 0)
        {
            yield return $"The program itself is kept. To remove it: rm {string.Join(' ', facts.Programs.Select(program => TypedPath.Of(program, home)))}";
        }
    }

    private static SetupStep Remove(DaemonFiles place) => new(SetupAction.Remove, place.Folder, $"{place.Folder}: the daemon's files")
    {
        Parts = [.. place.Files.Select(file => new SetupStep(SetupAction.Remove, file) { EmptyFolders = place.EmptyFolders })],
    };
}
