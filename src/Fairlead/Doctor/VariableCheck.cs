using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Whether a pane has the variables of the login that looks at it: it keeps those that it was started with. A login's own shell sets them as it likes.</summary>
internal static class VariableCheck
{
    private const string Name = "variables";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) =>
        facts.Daemon is { Status: { } status, Environment: not null } && LoginCheck.LoginOf(facts.Shell, status) is null ? [Judge(facts.Shell)] : [];

    private static Finding Judge(ShellFacts shell)
    {
        if (shell.StaleVariables.Count == 0)
        {
            return Finding.Ok(Name, "this shell has those of the login that shows it");
        }

        return Finding.Warning(
            Name,
            $"this shell has another {string.Join(", ", shell.StaleVariables)} than the login that shows it",
            "Programs that are started here get what it has: one of X11 looks for a screen that is gone. With --refresh-env behind 'init' in the rc file "
                + "(bash, zsh, fish) a prompt mends it by itself.",
            shell.Lines.Freshen);
    }
}
