using Fairlead.Core.Linux.Interop;
using Fairlead.Files;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>What is to be done to rc files.</summary>
internal static class RcSteps
{
    public static SetupSection Add(SetupFacts facts) =>
        new("One line in the rc file gives each login its SSH_AUTH_SOCK", [.. RcFileChoice.For(facts).Select(file => Add(facts, file.Shell, file.Path))]);

    public static SetupSection Remove(SetupFacts facts) =>
        new(
            "The line is taken out of",
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
            return new SetupStep(SetupAction.Nothing, path, $"{path} has it already, written by hand");
        }

        line = RcBlock.Refreshes(text) ? WithRefresh(line, shell) : line;
        string written = ByteText.Of(line);
        return RcBlock.HasLine(text, written)
            ? new SetupStep(SetupAction.Nothing, path, $"{path} has it already")
            : new SetupStep(SetupAction.Write, path, $"{path}:", $"  {line}")
            {
                Before = file?.Text,
                Content = shell.TakesLineLast ? RcBlock.AddLast(text, written) : RcBlock.AddFirst(text, written),
            };
    }

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

        bool isOurs = rest.Length == 0 && path == facts.Paths.FishSnippet;
        return new SetupStep(isOurs ? SetupAction.Remove : SetupAction.Write, path, path) { Before = text, Content = rest };
    }

    private static SetupStep Unreadable(string path, int error) => new(SetupAction.Nothing, path, $"{path} cannot be read")
    {
        Problem = new Failure(ExitCode.Failed, $"{path} cannot be read: {Errno.Describe(error)}", $"ls -l {path}"),
    };
}
