using System.Text;
using Fairlead.Core.Linux.Files;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Finds and reads config.toml.</summary>
internal static class ConfigurationFile
{
    /// <summary>In characters. What a person writes takes a hundredth of it; reading all of it takes a fraction of a second.</summary>
    internal const int MaxLength = 256 * 1024;

    /// <summary>Null without HOME and XDG_CONFIG_HOME. Whether the file exists is another question.</summary>
    public static string? PathIn(Surroundings around) =>
        (around.ConfigHome ?? (around.Home is { } home ? $"{home}/.config" : null)) is { } folder ? $"{folder}/fairlead/config.toml" : null;

    /// <summary>The usual file where it exists, else the defaults.</summary>
    public static ConfigurationResult LoadUsual(Surroundings around) =>
        PathIn(around) is { } path && FileStatus.TryReadTarget(path, out _) >= 0
            ? Load(path, around)
            : new ConfigurationResult(Configuration.Default(around), null);

    public static ConfigurationResult Load(string path, Surroundings around)
    {
        try
        {
            return ReadText(path) is { } text
                ? Parse(path, text, around)
                : new ConfigurationResult(null, new ConfigurationError(path, 0, $"is longer than {MaxLength} characters", "is it the right file?"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new ConfigurationResult(null, new ConfigurationError(path, 0, "cannot be read", $"ls -ld '{path}'"));
        }
    }

    public static ConfigurationResult Parse(string path, string text, Surroundings around)
    {
        // For half an escape at the very end it throws; before a line feed it names the line.
        DocumentSyntax? document = TryReadSyntax(path, text) ?? TryReadSyntax(path, text + "\n");
        if (document is null)
        {
            return new ConfigurationResult(null, new ConfigurationError(path, 0, "is not TOML that can be read", null));
        }

        foreach (DiagnosticMessage diagnostic in document.Diagnostics)
        {
            if (diagnostic.Kind == DiagnosticMessageKind.Error)
            {
                return new ConfigurationResult(null, SyntaxError(path, text, diagnostic));
            }
        }

        return new ConfigurationReader(path, around).Read(document);
    }

    /// <returns>Null when it is too long; a device may have no end.</returns>
    private static string? ReadText(string path)
    {
        using var reader = new StreamReader(path);
        var text = new StringBuilder();
        char[] chunk = new char[4096];
        int read;
        while ((read = reader.Read(chunk)) > 0)
        {
            text.Append(chunk, 0, read);
            if (text.Length > MaxLength)
            {
                return null;
            }
        }

        return text.ToString();
    }

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
