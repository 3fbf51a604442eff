using Fairlead.Core.Linux.Files;
using Fairlead.Files;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>Gathers what the plan depends on, and changes nothing.</summary>
/// <param name="home">The person's, an absolute path.</param>
/// <param name="variable">Reads an environment variable; null when it is unset.</param>
internal sealed class SetupFactsReader(string home, Func<string, string?> variable, UserSystemd systemd)
{
    /// <param name="program">The absolute path of fairlead.</param>
    /// <param name="location">Where fairlead's sockets are; null when no place is fit.</param>
    /// <param name="noPlace">Why there is none.</param>
    /// <param name="link">The path that --link names.</param>
    public SetupFacts Read(string program, SocketLocation? location = null, Failure? noPlace = null, string? link = null)
    {
        RcPaths paths = RcPaths.Of(home, variable);
        var facts = new SetupFacts
        {
            Paths = paths,
            LoginShell = Path.GetFileName(variable("SHELL") ?? "sh"),
            Program = program,
            Files = new Dictionary<string, RcText>(),
            HasFishFolder = Directory.Exists(paths.FishFolder),
            Socket = location?.Socket,
            Control = location?.Control,
            NoPlace = noPlace,
            Link = link is null ? null : Look(link),
            MadeLinks = location is null ? [] : [.. new LinkList(location.Links).Read().Select(Look)],
            LinkList = location is not null && File.Exists(location.Links) ? location.Links : null,
        };
        bool runs = systemd.Runs;
        return facts with
        {
            Files = ReadAll([.. RcFileChoice.Known(paths), RecipeNotes.LoginScript(paths), .. UnitSteps.Files(facts)]),
            SystemdRuns = runs,
            SystemdListens = runs && systemd.Listens,
        };
    }

    private static Dictionary<string, RcText> ReadAll(IEnumerable<string> paths)
    {
        var files = new Dictionary<string, RcText>();
        foreach (string path in paths.Distinct())
        {
            if (FileStatus.TryReadTarget(path, out FileStatus status) >= 0 && status.Kind == FileKind.Regular)
            {
                int result = FileContent.TryRead(path, out byte[] bytes);
                files[path] = new RcText(result < 0 ? null : ByteText.Of(bytes), result, status.Identity);
            }
        }

        return files;
    }

    private static LinkFacts Look(string path) =>
        FileStatus.TryRead(path, out FileStatus status) < 0 ? new LinkFacts(path, null)
        : new LinkFacts(path, status.Kind, SymbolicLink.TryRead(path, out string target) ? target : null);
}
