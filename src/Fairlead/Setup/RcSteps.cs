using Fairlead.Core.Linux.Interop;
using Fairlead.Files;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>What is to be done to rc files.</summary>
internal static class RcSteps
{
    public static SetupSection Add(SetupFacts facts) =>
        new("Will add to the rc file, which then sets SSH_AUTH_SOCK in each login", [.. RcFileChoice.For(facts).Select(file => Add(facts, file.Shell, file.Path))]);

    public static SetupSection Remove(SetupFacts facts) =>
        new(
            "Will remove fairlead's lines from",
            [.. RcFileChoice.Known(facts.Paths).DistinctBy(path => RcFileChoice.IdentityOf(facts, path)).Select(path => Remove(facts, path)).OfType<SetupStep>()]);

    private static SetupStep Add(SetupFacts facts, ShellKind shell, string path)
    {
        string line = ShellLines.Written(shell, facts.Program).RcLine;
        RcText? file = facts.Files.GetValueOrDefault(path);
        if (file is { Text: null })
        {
            return Unreadable(path, file.Error);
        }

        string text = file?.Text ?? "";
        if (!RcBlock.IsIn(text) && RcScanner.Scan(text).Any(found => found.Kind == RcLineKind.Fairlead))
        {
            return new SetupStep(SetupAction.Nothing, path, $"{path} is unchanged: it has such a line already, written by hand");
        }

        line = RcBlock.Refreshes(text) ? WithRefresh(line, shell) : line;
        string[] lines = NeedsPath(facts, shell) ? [line, shell.PathLine(shell.Quote(Path.GetDirectoryName(facts.Program)!))] : [line];
        string written = ByteText.Of(string.Join('\n', lines));
        return RcBlock.Has(text, written)
            ? new SetupStep(SetupAction.Nothing, path, $"{path} is unchanged: it has the line{(lines.Length > 1 ? "s" : "")} already")
            : new SetupStep(SetupAction.Write, path, [$"{path}:", .. lines.Select(its => $"  {its}")])
            {
                Before = file?.Text,
                Content = shell.TakesLineLast ? RcBlock.AddLast(text, written) : RcBlock.AddFirst(text, written),
            };
    }

    /// <summary>
    /// Whether a login of this shell would not find the program by its name. Where the PATH of this moment has the folder, or an rc file of the person's
    /// names it, they have seen to that themselves.
    /// </summary>
    public static bool NeedsPath(SetupFacts facts, ShellKind shell)
    {
        string folder = Path.GetDirectoryName(facts.Program) ?? "/";
        IEnumerable<string> read = shell.FilesOnceChanged(facts.Paths).Union(shell.ReadsProfile ? [facts.Paths.Profile] : []);
        string[] texts = [.. read.Select(path => facts.Files.GetValueOrDefault(path)?.Text ?? "")];
        bool isNamed = texts.Any(text => RcBlock.Remove(text).Contains(ByteText.Of(BelowHome(folder, facts.Paths.Home)), StringComparison.Ordinal));
        return facts.ProgramIsInHome && Path.GetFileName(facts.Program) == "fairlead" && (texts.Any(RcBlock.AddsToPath) || (facts.Found is null && !isNamed));
    }

    /// <summary>"/.local/bin": a home has several names in rc files.</summary>
    private static string BelowHome(string folder, string home) => folder.StartsWith(home + "/", StringComparison.Ordinal) ? folder[home.Length..] : folder;

    /// <summary>A person has added the option to the line.</summary>
    private static string WithRefresh(string line, ShellKind shell) => line.Replace($"init {shell}", $"init {shell} {ShellKind.RefreshOption}", StringComparison.Ordinal);

    private static SetupStep? Remove(SetupFacts facts, string path)
    {
        RcText? file = facts.Files.GetValueOrDefault(path);
        if (file is { Text: null })
        {
            return Unreadable(path, file.Error);
        }

        string text = file?.Text ?? "";
        string rest = RcBlock.Remove(text);
        if (rest == text)
        {
            return null;
        }

        // With nothing else in it setup has made the file, or one of no length was there: nothing is lost with either.
        bool isOurs = rest.Length == 0 && !file!.IsLink;
        return new SetupStep(isOurs ? SetupAction.Remove : SetupAction.Write, path, path)
        {
            Before = text,
            Content = rest,
            EmptyFolders = facts.Paths.Home,
        };
    }

    public static SetupStep Unreadable(string path, int error) => new(SetupAction.Nothing, path, $"{path} cannot be read")
    {
        Problem = new Failure(ExitCode.Failed, $"{path} cannot be read: {Errno.Describe(error)}", $"ls -l {path}"),
    };
}
