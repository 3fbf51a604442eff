using Fairlead.Completion;
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
    /// <param name="own">The absolute path of the fairlead that runs.</param>
    /// <param name="location">Where fairlead's sockets are; null when no place is fit.</param>
    /// <param name="noPlace">Why there is none.</param>
    /// <param name="link">The path that --link names.</param>
    /// <param name="lists">Where links may be listed that an earlier setup made.</param>
    /// <param name="daemons">The pids of those that run.</param>
    /// <param name="tree">The command tree, which the completions are made from; null for none.</param>
    public SetupFacts Read(
        string own,
        DaemonLocation? location = null,
        Failure? noPlace = null,
        string? link = null,
        IReadOnlyList<string>? lists = null,
        IReadOnlyList<int>? daemons = null,
        CompletedCommand? tree = null)
    {
        RcPaths paths = RcPaths.Of(home, variable);
        string program = TypedProgram.Of(own, variable("PATH"));
        var facts = new SetupFacts
        {
            Paths = paths,
            LoginShell = Path.GetFileName(variable("SHELL") ?? "sh"),
            Program = program,
            Programs = [.. Programs(program)],
            Files = new Dictionary<string, RcText>(),
            ProgramIsInHome = IsBelow(home, own),
            Shared = tree is null ? [] : SharedFiles.Of(paths, tree),
            KnownShared = [.. SharedFiles.Known(paths)],
            Found = SearchPath.Find("fairlead", variable("PATH") ?? ""),
            HasFishFolder = Directory.Exists(paths.FishFolder),
            Socket = location?.Socket,
            Control = location?.State.Control,
            Daemons = daemons ?? [],
            NoPlace = noPlace,
            Link = link is null ? null : Look(link),
            MadeLinks = [.. (lists ?? []).SelectMany(list => new LinkList(list).Read()).Distinct().Select(Look)],
            LinkLists = [.. (lists ?? []).Where(File.Exists)],
        };
        bool runs = systemd.Runs;
        return facts with
        {
            Files = ReadAll([.. RcFileChoice.Known(paths), paths.LoginScript, .. UnitSteps.Files(facts), .. facts.Shared.Select(file => file.Path), .. facts.KnownShared]),
            SystemdRuns = runs,
            SystemdListens = runs && systemd.Listens,
        };
    }

    /// <summary>Starts the person's login shell, whose files may do anything, to see what the next login will have.</summary>
    public SetupFacts AskLoginShell(SetupFacts facts) =>
        facts with { NextLogin = AskLoginShell(facts.Paths, facts.Program, facts.Socket) };

    /// <summary>With those that a deploy has left beside it: the former one, and those for each architecture. A link is for what has installed it to remove.</summary>
    private static IEnumerable<string> Programs(string program) => SymbolicLink.TryRead(program, out _)
        ? []
        : new[] { program, $"{program}-linux-x86_64", $"{program}-linux-aarch64" }.SelectMany(file => new[] { file, $"{file}.before" }).Where(File.Exists);

    /// <summary>The home may be named by a link, and the program never is.</summary>
    private static bool IsBelow(string home, string program)
    {
        if (FileStatus.TryReadTarget(home, out FileStatus its) < 0)
        {
            return false;
        }

        for (string? folder = Path.GetDirectoryName(program); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (FileStatus.TryReadTarget(folder, out FileStatus status) >= 0 && status.Identity == its.Identity)
            {
                return true;
            }
        }

        return false;
    }

    private NextLogin? AskLoginShell(RcPaths paths, string program, string? socket)
    {
        string shell = variable("SHELL") ?? "/bin/sh";
        string? completions = CompletionScript.Find(Shells.OfProgram(shell)?.Name ?? "")?.Place is { } place ? Path.GetDirectoryName($"{paths.Data}/{place}") : null;
        return LoginShell.Ask(shell, home, name => variable(name) ?? (name == "SSH_AUTH_SOCK" ? socket : null)) is { } said ? NextLogin.Read(said, program, completions) : null;
    }

    private static Dictionary<string, RcText> ReadAll(IEnumerable<string> paths)
    {
        var files = new Dictionary<string, RcText>();
        foreach (string path in paths.Distinct())
        {
            if (FileStatus.TryReadTarget(path, out FileStatus status) >= 0 && status.Kind == FileKind.Regular)
            {
                int result = FileContent.TryRead(path, out byte[] bytes);
                files[path] = new RcText(result < 0 ? null : ByteText.Of(bytes), result, status.Identity, SymbolicLink.TryRead(path, out _));
            }
        }

        return files;
    }

    private static LinkFacts Look(string path) =>
        FileStatus.TryRead(path, out FileStatus status) < 0 ? new LinkFacts(path, null)
        : new LinkFacts(path, status.Kind, SymbolicLink.TryRead(path, out string target) ? target : null);
}
