using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Asking;

/// <summary>The program that wants a signature, as it is at the moment of the question.</summary>
/// <param name="Caller">The process that connected: "ssh".</param>
/// <param name="Holder">As in <see cref="SignatureTerms.Holder"/>; null where there is none: then a yes is not remembered.</param>
internal sealed record Asker(CallerSketch Caller, ProcessIdentity? Holder)
{
    /// <summary>The longest subcommand of git that is shown.</summary>
    private const int LongestSubcommand = 16;

    /// <summary>What it does for git, if git started it: "git push".</summary>
    public string? Errand { get; init; }

    /// <summary>Its controlling terminal, below /dev, if it is in the foreground there and the person may be asked on it; else null.</summary>
    public string? Terminal { get; init; }

    /// <summary>Its terminal belongs to no login, and shows a person all the same.</summary>
    public bool IsAtPersonTerminal { get; init; }

    /// <summary>A caller of whom no more than its pid is known.</summary>
    public static Asker Unknown(int pid) => new(new CallerSketch(pid), null);

    /// <summary>Reads command lines, which may block: run on the worker.</summary>
    /// <param name="rule">The rule by which the person is asked.</param>
    public static Asker Read(CallerIdentity identity, PolicyRule rule)
    {
        var sketch = CallerSketch.Read(identity);
        if (sketch.Command is null || !ProcessStat.TryRead(identity.Pid, out ProcessStat stat))
        {
            return new Asker(sketch, null);
        }

        bool isProgram = rule.When.Under is not null || rule.When.Variable is not null;
        return new Asker(sketch, rule.When.Under is string program ? OutermostNamed(program, identity) : LeaderOf(stat))
        {
            Errand = ErrandOf(stat.Parent),
            IsAtPersonTerminal = stat.HasTerminal && PersonTerminal.IsAtOne(stat.Pid, ProcessFile.ReadEnvironment(stat.Pid)),
            Terminal = !isProgram && !identity.IsForwarded && stat.HasTerminal && stat.Group == stat.ForegroundGroup
                && TerminalDevice.NameOf(stat.Terminal) is { Length: > 0 } terminal ? terminal : null,
        };
    }

    /// <summary>Programs start themselves again: the first of them lives as long as its work. What is around a multiplexer does not count.</summary>
    private static ProcessIdentity? OutermostNamed(string program, CallerIdentity identity)
    {
        int outermost = CallerReader.Read(identity.Pid, identity.AcceptedAt).Ancestors
            .LastOrDefault(pid => CallerReader.ProgramsOf(pid).Any(name => RuleConditions.IsProgram(name, program)));
        return outermost > 0 ? ProcessIdentity.Of(outermost) : null;
    }

    /// <summary>The first word that is neither an option nor the argument of one: -C and -c have theirs apart (git(1)).</summary>
    private static string? SubcommandIn(string[] arguments)
    {
        int place = 1;
        while (place < arguments.Length && arguments[place] is ['-', ..])
        {
            place += arguments[place] is "-C" or "-c" ? 2 : 1;
        }

        return arguments.ElementAtOrDefault(place);
    }

    private static ProcessIdentity? LeaderOf(ProcessStat process) =>
        process.HasTerminal && ProcessStat.TryRead(process.Session, out ProcessStat leader) ? leader.Identity : null;

    /// <summary>"git push", if that is what started ssh. The words are the caller's own: only letters are taken.</summary>
    private static string? ErrandOf(int parent)
    {
        if (!ProcessStat.TryRead(parent, out ProcessStat stat) || stat.Command != "git")
        {
            return null;
        }

        string? word = SubcommandIn(ProcessFile.ReadArguments(parent) ?? []);
        return word is { Length: > 0 and <= LongestSubcommand } && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') && word[0] != '-'
            ? $"git {word}"
            : "git";
    }
}
