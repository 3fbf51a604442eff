using Fairlead.Core.Linux;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Fairlead.Setup;

/// <summary>Finds and reads config.toml.</summary>
internal static class ConfigurationFile
{
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
            return Parse(path, File.ReadAllText(path), around);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new ConfigurationResult(null, new ConfigurationError(path, 0, "cannot be read", null));
        }
    }

    public static ConfigurationResult Parse(string path, string text, Surroundings around)
    {
        DocumentSyntax document = SyntaxParser.Parse(text, path, validate: true);
        foreach (DiagnosticMessage diagnostic in document.Diagnostics)
        {
            if (diagnostic.Kind == DiagnosticMessageKind.Error)
            {
                return new ConfigurationResult(null, SyntaxError(path, text, diagnostic));
            }
        }

        return new ConfigurationReader(path, around).Read(document);
    }

    private static ConfigurationError SyntaxError(string path, string text, DiagnosticMessage diagnostic)
    {
        int line = diagnostic.Span.Start.Line;
        (string message, string hint) = SyntaxMistake.Explain(diagnostic.Message, text.Split('\n').ElementAtOrDefault(line) ?? "");
        return new ConfigurationError(path, line + 1, message, hint);
    }
}
