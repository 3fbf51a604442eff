using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>
/// What sshd writes over its command line for each session process: <c>sshd: al@pts/0,pts/1</c> up to OpenSSH 9.7, <c>sshd-session:
/// al@notty</c> since 9.8 (session.c, session_proctitle).
/// </summary>
internal sealed record LoginTitle(string User, IReadOnlyList<string> Terminals)
{
    private const string NoTerminal = "notty";

    /// <summary>
    /// The title of a child of the session process that serves sftp itself (session.c, INTERNAL_SFTP_NAME): the login has its own title as
    /// well.
    /// </summary>
    private const string InternalSftp = "internal-sftp";

    /// <summary>The title of a process. May block: run on the worker.</summary>
    /// <returns>Null for any other process, and for one that is gone or hidden.</returns>
    public static LoginTitle? Of(int pid) => ProcessFile.ReadArguments(pid) is [string commandLine, ..] ? Parse(commandLine) : null;

    /// <returns>Null for any other command line: a listener, a monitor ("[priv]"), another program.</returns>
    public static LoginTitle? Parse(string commandLine)
    {
        string? title = AfterPrefix(commandLine, "sshd: ") ?? AfterPrefix(commandLine, "sshd-session: ");
        if (title is null)
        {
            return null;
        }

        // A user's name may itself contain an @ (al@example.org), a terminal's may not.
        int at = title.LastIndexOf('@');
        if (at < 1 || title.Contains(' '))
        {
            return null;
        }

        string terminals = title[(at + 1)..];
        return terminals is InternalSftp ? null : new LoginTitle(title[..at], terminals is NoTerminal ? [] : terminals.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string? AfterPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].TrimEnd() : null;
}
