using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Whether a pane has the variables of the login that looks at it: it keeps those that it was started with. A login's own shell sets them as it likes.</summary>
internal static class VariableCheck
{
    private const string Name = "variables";

    /// <summary>How sshd's own begin: they tell of a login and lead nowhere, and every old pane has those of another.</summary>
    private const string OfLogin = "SSH_";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) =>
        facts.Daemon is { Status: { } status, Environment: not null } && LoginCheck.LoginOf(facts.Shell, status) is null ? [Judge(facts.Shell)] : [];

    private static Finding Judge(ShellFacts shell)
    {
        if (shell.StaleVariables.Count == 0)
        {
            return Finding.Ok(Name, "this shell has those of the login that shows it");
        }

        string message = $"this shell has another {string.Join(", ", shell.StaleVariables)} than the login that shows it";
        if (shell.StaleVariables.All(name => name.StartsWith(OfLogin, StringComparison.Ordinal)))
        {
            return Finding.Ok(Name, $"{message}: few programs look there");
        }

        return Finding.Warning(
            Name,
            message,
            "Programs that are started here get what it has: one of X11 looks for a screen that is gone. With --refresh-env behind 'init' in the rc file "
                + $"({Shells.WithPromptHook}) a prompt mends it by itself.",
            shell.Lines.Freshen);
    }
}
