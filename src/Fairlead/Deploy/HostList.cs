using System.IO.Enumeration;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Ssh;

namespace Fairlead.Deploy;

/// <summary>The hosts that a command line means: names as ssh takes them, and patterns over those that ssh_config has (ssh_config(5), PATTERNS).</summary>
internal static class HostList
{
    private static readonly char[] PatternSigns = ['*', '?'];

    /// <summary>Those of a person's ssh_config, or of another file in its place, as <c>ssh -F</c> has it.</summary>
    public static IReadOnlyList<string> Configured(Surroundings around, string? file)
    {
        string home = around.Home ?? "/";
        string folder = Path.Join(home, ".ssh");
        return Configured(file is not null
            ? SshConfigFile.Read(file, folder, home)
            : [.. SshConfigFile.Read(Path.Join(folder, "config"), folder, home), .. SshConfigFile.Read("/etc/ssh/ssh_config", "/etc/ssh", home)]);
    }

    /// <summary>The names behind <c>Host</c>, patterns left out: what a person can mean by a pattern, in the order of the files.</summary>
    public static IReadOnlyList<string> Configured(IEnumerable<SshDirective> settings) =>
    [
        .. settings.Select(setting => setting.Block).OfType<string>()
            .Where(block => block.StartsWith("Host ", StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .SelectMany(block => block["Host ".Length..].Split([' ', '\t', '"'], StringSplitOptions.RemoveEmptyEntries))
            .Where(name => name.IndexOfAny(PatternSigns) < 0 && !name.StartsWith('!'))
            .Distinct(),
    ];

    /// <summary>The hosts of a list: one a line, with comments behind a #.</summary>
    public static IEnumerable<string> InText(string text) => text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);

    /// <param name="words">As typed: names, patterns, and patterns behind a ! that take out what the others have brought.</param>
    /// <param name="configured">Read only where a pattern needs it.</param>
    public static (IReadOnlyList<string> Hosts, Failure? Failure) Of(IReadOnlyList<string> words, Func<IReadOnlyList<string>> configured)
    {
        var hosts = new List<string>();
        foreach (string word in words.Where(word => !word.StartsWith('!')))
        {
            if (word.StartsWith('-') || word.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            {
                return ([], new Failure(ExitCode.Usage, $"'{word}' is not a host", "fairlead deploy --help"));
            }

            bool isPattern = word.IndexOfAny(PatternSigns) >= 0;
            string[] meant = isPattern ? [.. configured().Where(name => Matches(name, word))] : [word];
            if (meant.Length == 0)
            {
                return ([], new Failure(ExitCode.Failed, $"no host in ssh_config matches '{word}'", "grep Host ~/.ssh/config"));
            }

            hosts.AddRange(meant);
        }

        string[] without = [.. words.Where(word => word.StartsWith('!')).Select(word => word[1..])];
        string[] left = [.. hosts.Distinct().Where(host => !without.Any(pattern => Matches(host, pattern)))];
        return left.Length > 0 ? (left, null) : ([], new Failure(ExitCode.Usage, "no host is named", "fairlead deploy HOST"));
    }

    private static bool Matches(string name, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, name);
}
