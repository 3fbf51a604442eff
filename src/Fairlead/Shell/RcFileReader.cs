using Fairlead.Files;

namespace Fairlead.Shell;

/// <summary>Reads the rc files of a shell.</summary>
internal static class RcFileReader
{
    private static readonly string[] HomeVariables = ["$HOME/", "${HOME}/", "$env.HOME/", "$E:HOME/"];

    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    /// <returns>As <see cref="ShellKind.RcFiles"/> names them.</returns>
    public static IReadOnlyList<RcFile> Read(ShellKind shell, string home, Func<string, string?> variable)
    {
        RcPaths paths = RcPaths.Of(home, variable);
        string[] instead = [.. shell.FilesReadInstead(new RcFacts(paths, shell.Name, HasFishFolder: false, File.Exists, TextFile.Read))];
        return [.. shell.RcFiles(paths).Select(path => Read(path, home) with { IsReadInstead = instead.Contains(path) })];
    }

    /// <summary>One file in a shell's language.</summary>
    public static RcFile Read(string path, string home)
    {
        string? text = TextFile.Read(path);
        return new RcFile(TypedPath.Of(path, home), string.IsNullOrEmpty(text), [.. RcScanner.Scan(text ?? "").Select(line => WithProgram(line, home))]);
    }

    private static RcLine WithProgram(RcLine line, string home) =>
        line is { Kind: RcLineKind.Fairlead, Program: { } program } && PathOf(program, home) is { } path && !File.Exists(path)
            ? line with { Kind = RcLineKind.MissingFairlead }
            : line;

    /// <summary>Null for a name that the shell looks for in its PATH, and for a path that only the shell can tell.</summary>
    private static string? PathOf(string program, string home)
    {
        string prefix = HomeVariables.FirstOrDefault(variable => program.StartsWith(variable, StringComparison.Ordinal)) ?? "";
        string path = TypedPath.Expand(prefix.Length > 0 ? $"~/{program[prefix.Length..]}" : program, home);
        return path.StartsWith('/') && !path.Contains('$') ? path : null;
    }
}
