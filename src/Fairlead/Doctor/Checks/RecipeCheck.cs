using Fairlead.Output;

namespace Fairlead.Doctor.Checks;

/// <summary>What is left of the symlink recipe outside the shells' own files.</summary>
internal static class RecipeCheck
{
    private const string Name = "symlink recipe";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Place.HasOwnHome && facts.SessionLines.Count == 0
        ? [Finding.Ok(Name, "~/.ssh/rc, tmux.conf and .screenrc do not change SSH_AUTH_SOCK")]
        : facts.SessionLines.Select(line => Judge(line, facts));

    private static Finding Judge(SessionLine line, DoctorFacts facts)
    {
        (string what, string meaning) = line.Kind switch
        {
            SessionLineKind.MakesLink => (
                "makes a link to each login's agent",
                "When the newest of several logins ends, the link points to nothing. fairlead needs no such link: remove those lines."),
            SessionLineKind.SetsAgent => (
                $"gives new panes another SSH_AUTH_SOCK, {line.Agent}",
                "A shell with the fairlead line corrects that. A command that starts without a shell does not. fairlead needs no such setting: remove it."),
            _ => (
                "takes SSH_AUTH_SOCK away from new panes",
                "A shell with the fairlead line sets it again. A command that starts without a shell gets no agent. Remove the line."),
        };
        return Finding.Warning(Name, $"{line.Place} {what}", meaning, facts.Shell.Lines.Edit(line.Place.File, line.Place.Number));
    }
}
