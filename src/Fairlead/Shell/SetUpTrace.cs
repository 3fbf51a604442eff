using Fairlead.Client;
using Fairlead.Files;
using Fairlead.Settings;

namespace Fairlead.Shell;

/// <summary>
/// Whether this person uses fairlead on this host. After <c>setup --undo</c> a question is no wish for a daemon: <c>status</c> would bring back what was just
/// removed.
/// </summary>
internal static class SetUpTrace
{
    /// <summary>A line in an rc file, a shell that has fairlead's path, or files of a daemon.</summary>
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    public static bool IsThere(CommandContext context, Func<string, string?> variable) =>
        context.OwnSockets.Contains(variable("SSH_AUTH_SOCK"))
        || context.Locations.States.Any(state => Directory.Exists(state.Folders.Folder))
        || (context.Around.Home is { } home && Shells.All.SelectMany(shell => shell.FilesOnceChanged(RcPaths.Of(home, variable))).Any(HasLine));

    private static bool HasLine(string path) => RcScanner.Scan(TextFile.Read(path) ?? "").Any(line => line.Kind == RcLineKind.Fairlead);
}
