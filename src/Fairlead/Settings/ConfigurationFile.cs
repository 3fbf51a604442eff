using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Finds and reads config.toml.</summary>
internal static class ConfigurationFile
{
    /// <summary>In bytes. What a person writes takes a hundredth of it; reading all of it takes a fraction of a second.</summary>
    internal const int MaxLength = 256 * 1024;

    /// <summary>Each is found by reading the file once more. A file with so many is another kind of file.</summary>
    private const int MaxSyntaxErrors = 20;

    /// <summary>Null without HOME and XDG_CONFIG_HOME. Whether the file exists is another question.</summary>
    public static string? PathIn(Surroundings around) =>
        (around.ConfigHome ?? (around.Home is { } home ? $"{home}/.config" : null)) is { } folder ? $"{folder}/fairlead/config.toml" : null;

    /// <summary>The usual file where it exists, else the defaults.</summary>
    public static ConfigurationResult LoadUsual(Surroundings around) =>
        PathIn(around) is { } path && FileStatus.TryReadTarget(path, out _) >= 0
            ? Load(path, around)
            : new ConfigurationResult(Configuration.Default(around));

    public static ConfigurationResult Load(string path, Surroundings around) => FileContent.TryReadText(path, out string text, MaxLength) switch
    {
        0 => Parse(path, text, around),
        -Errno.EFBIG => new ConfigurationResult(new ConfigurationError(path, 0, $"is longer than {MaxLength / 1024} KiB", "is it the right file?")),
        int error => new ConfigurationResult(new ConfigurationError(path, 0, $"cannot be read: {Errno.Describe(error)}", $"ls -ld '{path}'")),
    };

    /// <summary>
    /// After a mistake of syntax the parser sees others where there are none. So a line of which that can be said is left out, and the rest is read again; where
    /// that cannot be said, its mistake is the last one that is named.
    /// </summary>
    public static ConfigurationResult Parse(string path, string text, Surroundings around)
    {
        var mistakes = new List<ConfigurationError>();
        string[] lines = text.Split('\n');
        while (true)
        {
            string rest = string.Join('\n', lines);

            // For half an escape at the very end it throws; before a line feed it names the line.
            DocumentSyntax? document = TryReadSyntax(path, rest) ?? TryReadSyntax(path, rest + "\n");
            if (document is null)
            {
                return new ConfigurationResult([.. mistakes, new ConfigurationError(path, 0, "is not TOML that can be read", null)]);
            }

            if (document.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Kind == DiagnosticMessageKind.Error) is not { } first)
            {
                return new ConfigurationReader(path, around).Read(document, mistakes);
            }

            int line = first.Span.Start.Line;
            mistakes.Add(SyntaxError(path, rest, first));
            if (mistakes.Count == MaxSyntaxErrors || line >= lines.Length || !StandsAlone(lines[line]))
            {
                return new ConfigurationResult([.. mistakes.OrderBy(mistake => mistake.Line)]);
            }

            lines[line] = "";
        }
    }

    /// <summary>Whether nothing in other lines depends on it: a key and a value that neither opens a table or a list nor goes on.</summary>
    private static bool StandsAlone(string line) =>
        line.TrimStart() is [not '[', ..] text && text.Contains('=') && !text.AsSpan().ContainsAny("[]{}") && !text.Contains("\"\"\"", StringComparison.Ordinal) && !text.Contains("'''", StringComparison.Ordinal);

    /// <summary>Tomlyn throws for brackets inside of each other without end, and for half an escape of a character that is none.</summary>
    private static DocumentSyntax? TryReadSyntax(string path, string text)
    {
        try
        {
            return SyntaxParser.Parse(text, path, validate: true);
        }
        catch (Exception fault) when (fault is TomlException or ArgumentException)
        {
            return null;
        }
    }

    private static ConfigurationError SyntaxError(string path, string text, DiagnosticMessage diagnostic)
    {
        int line = diagnostic.Span.Start.Line;
        (string message, string hint) = SyntaxMistake.Explain(diagnostic.Message, text.Split('\n').ElementAtOrDefault(line) ?? "");
        return new ConfigurationError(path, line + 1, message, hint);
    }
}
