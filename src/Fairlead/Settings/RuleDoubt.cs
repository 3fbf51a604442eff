using Fairlead.Core.Policy;

namespace Fairlead.Settings;

/// <summary>A rule that can be read and never holds. It loads, because one that was written for an earlier edition must not stop the daemon.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Message">Why it never holds.</param>
/// <param name="Hint">What was probably meant.</param>
internal sealed record RuleDoubt(int Line, string Message, string Hint)
{
    /// <summary>Programs that start ssh or ssh-keygen, which then connects to the agent in their place.</summary>
    private static readonly string[] StartSsh = ["git", "git-lfs", "scp", "sftp", "rsync", "mosh", "ansible", "ansible-playbook", "hg", "svn", "make"];

    public static IReadOnlyList<RuleDoubt> In(Configuration configuration) => [.. configuration.Rules.Select(Of).OfType<RuleDoubt>()];

    private static RuleDoubt? Of(PolicyRule rule) => rule.When.CanNeverHold
        ? new RuleDoubt(rule.Line, "'sign' never holds together with 'host' or 'user': those are of a login", "write two rules")
        : rule.When.Executable is { } program && StartSsh.Contains(Path.GetFileName(program))
        ? new RuleDoubt(rule.Line, $"executable = \"{program}\" never holds: {Path.GetFileName(program)} runs ssh or ssh-keygen, and that program connects", $"write under = \"{program}\"")
        : null;
}
