using Fairlead.Core.Linux.Files;

namespace Fairlead.Files;

/// <summary>Reads a file of a person or an administrator, as far as that is allowed.</summary>
internal static class TextFile
{
    /// <summary>Null when it is not there or may not be read, or is no file (<see cref="FileContent.TryRead"/>).</summary>
    public static string? Read(string path) => FileContent.TryReadText(path, out string text) < 0 ? null : text;

    /// <summary>Its lines, none when it cannot be read.</summary>
    public static string[] Lines(string path) => Read(path)?.Split('\n') ?? [];

    /// <summary>The files that a path names whose last part may hold * and ?, in the order of their names.</summary>
    public static IReadOnlyList<string> Matching(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) ?? "/";
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>A line of a file, for who is to look at it.</summary>
/// <param name="File">As a person types it.</param>
/// <param name="Number">From 1.</param>
internal sealed record FileLine(string File, int Number)
{
    /// <summary>As compilers name one: FILE:LINE.</summary>
    public override string ToString() => $"{File}:{Number}";
}
