using System.Text;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Files;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>Asks the person's login shell what it has after its files, by starting it as sshd does: nothing else knows all that they do.</summary>
/// <remarks>
/// A file may hang, print, or run a multiplexer in the shell's place. So there is no terminal to take, a time limit, a session of its own that is ended
/// whole, and an answer that is told from all else. What it starts and lets go of stays, as after any login; an ssh-agent is the usual one, and there is an
/// SSH_AUTH_SOCK so that it need not be. It is interactive, for that is where people set their PATH, and becomes env(1) in the end: then no
/// logout file is read.
/// </remarks>
internal static class LoginShell
{
    /// <summary>Enough for an nvm and a conda on a slow disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What a login has beside its HOME: sshd's own PATH (its USER_PATH), and what lets rc files find what runs already instead of starting another.</summary>
    private static readonly string[] Kept = ["USER", "LOGNAME", "LANG", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK"];

    /// <param name="shell">The absolute path that SHELL names.</param>
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    /// <returns>What it printed; null when there is no way to ask it, or it was late, or did not end well.</returns>
    public static string? Ask(string shell, string home, Func<string, string?> variable)
    {
        if (Shells.OfProgram(shell)?.LoginQuestion is not { } question || !File.Exists(shell))
        {
            return null;
        }

        string[] environment =
        [
            $"HOME={home}", $"SHELL={shell}", "TERM=dumb", "PATH=/usr/local/bin:/usr/bin:/bin",
            .. Kept.Where(name => variable(name) is not null).Select(name => $"{name}={variable(name)}"),
        ];
        byte[]? said = Subprocess.RunAsLogin(shell, [Path.GetFileName(shell), "-l", "-i", "-c", question], environment, Patience);
        return said is null ? null : Encoding.UTF8.GetString(said);
    }
}
