using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>Whether a pane has the variables of the login that shows it: it keeps those that it was started with. A login's own shell may set them as it likes.</summary>
internal static class VariableCheck
{
    private const string Name = "variables";

    /// <summary>How sshd's own begin: they only describe a login, and every old pane has those of another.</summary>
    private const string OfLogin = "SSH_";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) =>
        facts.Daemon is { Status: { } status, Environment: not null } && LoginCheck.LoginOf(facts.Shell, status) is null ? [Judge(facts.Shell)] : [];

    private static Finding Judge(ShellFacts shell)
    {
        if (shell.StaleVariables.Count == 0)
        {
            return Finding.Ok(Name, "this shell has the variables of the login that shows it");
        }

        string message = $"this shell and the login that shows it differ in {string.Join(", ", shell.StaleVariables)}";
        if (shell.StaleVariables.All(name => name.StartsWith(OfLogin, StringComparison.Ordinal)))
        {
            return Finding.Ok(Name, $"{message}, which few programs read");
        }

        return Finding.Warning(
            Name,
            message,
            "Programs that you start here get the old values: an X11 program looks for a display that is gone. With --refresh-env after 'init' in the rc file "
                + $"({Shells.WithPromptHook}), each prompt brings them up to date.",
            shell.Lines.Freshen);
    }
}
