using System.Text.RegularExpressions;
using Fairlead.Core.Linux.Proc;
using Fairlead.Files;
using Fairlead.Launch;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Doctor;

/// <summary>Reads what OpenSSH's files say about agents.</summary>
internal static partial class SshFactsReader
{
    private const string SystemFolder = "/etc/ssh";

    /// <param name="look">Who listens at a path: IdentityAgent may name fairlead.</param>
    public static SshFacts Read(string home, Func<string?, SocketOwner> look, Ancestry ancestry)
    {
        string server = ServerConfig(ancestry);
        SshDirective[] client =
        [
            .. SshConfigFile.Read($"{home}/.ssh/config", $"{home}/.ssh", home),
            .. SshConfigFile.Read($"{SystemFolder}/ssh_config", SystemFolder, home),
        ];
        return new SshFacts
        {
            IdentityAgents = [.. client.Where(directive => directive.Is("IdentityAgent") && !NamesUs(directive.Value, home, look))],
            MissingIdentities = new IdentityFileReader(home).Find(client),
            Forbidden = Forbidden(SshConfigFile.Read(server, SystemFolder, home)),
            RestrictedKeys = RestrictedKeys($"{home}/.ssh/authorized_keys", home),
        };
    }

    /// <summary>Of settings outside a Match block the first counts (sshd_config(5)); those inside one may be another user's, and come last.</summary>
    public static IReadOnlyList<SshDirective> Forbidden(IReadOnlyList<SshDirective> settings)
    {
        SshDirective? allow = settings.FirstOrDefault(directive => directive.Block is null && directive.Is("AllowAgentForwarding"));
        SshDirective? disable = settings.FirstOrDefault(directive => directive.Block is null && directive.Is("DisableForwarding"));
        return [.. new[] { allow, disable }.OfType<SshDirective>().Where(Forbids), .. settings.Where(directive => directive.Block is not null && Forbids(directive))];
    }

    /// <summary>A line of authorized_keys whose options forbid it (AUTHORIZED_KEYS FILE FORMAT, sshd(8)).</summary>
    public static bool IsRestricted(string line)
    {
        bool isRestricted = false;
        foreach (string option in KeyOption().Matches(KeyOptions().Match(line).Value).Select(match => match.Value.Trim()))
        {
            isRestricted = option.ToUpperInvariant() switch
            {
                "RESTRICT" or "NO-AGENT-FORWARDING" => true,
                "AGENT-FORWARDING" => false,
                _ => isRestricted,
            };
        }

        return isRestricted;
    }

    private static bool Forbids(SshDirective directive) =>
        (directive.Is("AllowAgentForwarding") && directive.Says("no")) || (directive.Is("DisableForwarding") && directive.Says("yes"));

    /// <summary>Whether an agent's path, as ssh's settings write it, leads to fairlead or is the one that the shell has.</summary>
    public static bool NamesUs(string value, string home, Func<string?, SocketOwner> look) =>
        value is "SSH_AUTH_SOCK" or "$SSH_AUTH_SOCK" or "${SSH_AUTH_SOCK}"
        || (TypedPath.ExpandVariable(value.Replace("%d", home, StringComparison.Ordinal), home) is ['/', ..] path && look(path) == SocketOwner.Ourselves);

    private static IReadOnlyList<FileLine> RestrictedKeys(string file, string home) =>
    [
        .. TextFile.Lines(file)
            .Select((line, index) => (Line: line, Number: index + 1))
            .Where(entry => IsRestricted(entry.Line))
            .Select(entry => new FileLine(TypedPath.Of(file, home), entry.Number)),
    ];

    /// <summary>The server that listens names its arguments in its title: "sshd: /usr/sbin/sshd -D -f FILE [listener] ...".</summary>
    private static string ServerConfig(Ancestry ancestry) => ancestry.Processes
        .Where(process => process.Command == "sshd")
        .Select(process => ConfigOption().Match(string.Join(' ', ProcessFile.ReadArguments(process.Pid) ?? [])))
        .Where(match => match.Success)
        .Select(match => match.Groups["file"].Value)
        .FirstOrDefault($"{SystemFolder}/sshd_config");

    [GeneratedRegex(@"\s-f\s*(?<file>/\S+).*\[listener\]")]
    private static partial Regex ConfigOption();

    /// <summary>The first word of a line; blanks in quotes do not end it. Without options it is the type of the key.</summary>
    [GeneratedRegex(@"^\s*([^\s""]|""([^""\\]|\\.)*"")+")]
    private static partial Regex KeyOptions();

    /// <summary>One option with its value, which may hold commas in quotes.</summary>
    [GeneratedRegex(@"([^,""]|""([^""\\]|\\.)*"")+")]
    private static partial Regex KeyOption();
}
