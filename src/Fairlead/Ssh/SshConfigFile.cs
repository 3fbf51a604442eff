using Fairlead.Files;
using Fairlead.Shell;

namespace Fairlead.Ssh;

/// <summary>Reads files in the format of ssh_config and sshd_config, with those that they include. What a Host or Match block holds is kept with its first line.</summary>
internal static class SshConfigFile
{
    /// <summary>As OpenSSH has it (READCONF_MAX_DEPTH, SERVCONF_MAX_DEPTH).</summary>
    private const int MaxDepth = 16;

    /// <param name="folder">What included paths that are not absolute are relative to.</param>
    public static IReadOnlyList<SshDirective> Read(string path, string folder, string home) => [.. Read(path, folder, home, null, MaxDepth)];

    /// <summary>The settings of one text, Include among them.</summary>
    public static IEnumerable<SshDirective> Parse(string file, string text, string? block = null)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            int end = line.AsSpan().IndexOfAny(' ', '\t', '=');
            if (line.StartsWith('#') || end < 1)
            {
                continue;
            }

            var directive = new SshDirective(file, i + 1, line[..end], line[end..].Trim(' ', '\t', '=', '"'), block);
            if (directive.Is("Host") || directive.Is("Match"))
            {
                block = $"{directive.Keyword} {directive.Value}";
            }
            else
            {
                yield return directive;
            }
        }
    }

    private static IEnumerable<SshDirective> Read(string path, string folder, string home, string? block, int depth)
    {
        if (depth == 0 || TextFile.Read(path) is not { } text)
        {
            yield break;
        }

        foreach (SshDirective directive in Parse(TypedPath.Of(path, home), text, block))
        {
            if (!directive.Is("Include"))
            {
                yield return directive;
                continue;
            }

            foreach (SshDirective included in directive.Value
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(pattern => TextFile.Matching(Resolve(pattern.Trim('"'), folder, home)))
                .SelectMany(file => Read(file, folder, home, directive.Block, depth - 1)))
            {
                yield return included;
            }
        }
    }

    private static string Resolve(string pattern, string folder, string home) =>
        Path.Combine(folder, TypedPath.Expand(pattern, home));
}

/// <summary>One setting of ssh_config or sshd_config.</summary>
/// <param name="Keyword">As it is written; its case means nothing.</param>
/// <param name="Block">"Host web01", "Match user al"; null when it holds for all.</param>
internal sealed record SshDirective(string File, int Line, string Keyword, string Value, string? Block)
{
    /// <summary>As error messages name a line: FILE:LINE.</summary>
    public string Place => $"{File}:{Line}";

    /// <summary>It holds for every host.</summary>
    public bool IsForAll => Block is null || new[] { "Host *", "Match all" }.Contains(Block, StringComparer.OrdinalIgnoreCase);

    /// <summary>" for 'Host web01'", to end a sentence; empty where it holds for every host.</summary>
    public string Limit => IsForAll ? "" : $" for '{Block}'";

    public bool Is(string keyword) => Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool Says(string value) => Value.Equals(value, StringComparison.OrdinalIgnoreCase);
}
