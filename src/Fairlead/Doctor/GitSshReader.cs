using System.Text.RegularExpressions;
using Fairlead.Files;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Asks git which ssh it runs, and reads what that says about agents.</summary>
/// <param name="look">Who listens at a path: a command may name fairlead.</param>
internal sealed partial class GitSshReader(string home, Func<string?, SocketOwner> look)
{
    /// <summary>Null where git runs ssh as this shell does, and where what it runs cannot be read.</summary>
    /// <param name="folder">Where git is asked: in a repository, its own configuration counts as well.</param>
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    public GitSshFacts? Read(string folder, Func<string, string?> variable)
    {
        if (variable("GIT_SSH_COMMAND") is { } command)
        {
            return Judge(command, GitSshSource.CommandVariable, null);
        }

        // "file:PATH<tab>VALUE".
        if (ProgramSearch.Ask("git", "-C", folder, "config", "--show-origin", "--get", "core.sshCommand")?.Split('\t', 2) is [var origin, var setting])
        {
            return Judge(setting, GitSshSource.Setting, origin.StartsWith("file:", StringComparison.Ordinal) ? origin["file:".Length..] : null);
        }

        return variable("GIT_SSH") is { } program && TextFile.Read(program) is { } script && script.StartsWith("#!", StringComparison.Ordinal)
            ? Judge(script, GitSshSource.ProgramVariable, null)
            : null;
    }

    private GitSshFacts? Judge(string command, GitSshSource source, string? origin)
    {
        Match agent = IdentityAgent().Match(command) is { Success: true } option ? option : AgentVariable().Match(command);
        if (agent.Success && !SshFactsReader.NamesUs(agent.Groups["value"].Value, home, look))
        {
            string value = agent.Groups["value"].Value;
            return new GitSshFacts(source, origin, GitSshTrouble.OtherAgent, value.Length == 0 ? "none" : value);
        }

        string[] keys = [.. KeyFile().Matches(command).Select(match => HomeVariable().Replace(match.Groups["value"].Value, "~"))];
        return IdentitiesOnly().IsMatch(command) && keys.Length > 0 && !keys.Any(new IdentityFileReader(home).IsThere)
            ? new GitSshFacts(source, origin, GitSshTrouble.MissingKey, TypedPath.WithoutHome(keys[0], home))
            : null;
    }

    [GeneratedRegex(@"-o\s*[""']?IdentityAgent\s*[=\s]\s*[""']?(?<value>[^\s""']+)", RegexOptions.IgnoreCase)]
    private static partial Regex IdentityAgent();

    /// <summary>In front of ssh, or taken away by env(1).</summary>
    [GeneratedRegex(@"(^|\s)SSH_AUTH_SOCK=[""']?(?<value>[^\s""']*)|\benv\b[^;|]*\s-u\s*SSH_AUTH_SOCK\b(?<value>)", RegexOptions.Multiline)]
    private static partial Regex AgentVariable();

    [GeneratedRegex(@"-o\s*[""']?IdentitiesOnly\s*[=\s]\s*[""']?yes\b", RegexOptions.IgnoreCase)]
    private static partial Regex IdentitiesOnly();

    [GeneratedRegex(@"(^|\s)-i\s*(""(?<value>[^""]+)""|'(?<value>[^']+)'|(?<value>[^\s""']+))", RegexOptions.Multiline)]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"^(\$HOME|\$\{HOME\})(?=/)")]
    private static partial Regex HomeVariable();
}
