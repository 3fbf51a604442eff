using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>What tmux gives to new panes: at each attach it copies the client's SSH_AUTH_SOCK (update-environment, tmux(1)).</summary>
internal static class TmuxCheck
{
    private const string Name = "tmux";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Tmux is { } tmux ? [Judge(tmux, facts.Shell.Lines)] : [];

    private static Finding Judge(TmuxFacts tmux, ShellLines lines)
    {
        if (tmux.Listener is SocketOwner.Ourselves or SocketOwner.AnotherProgram)
        {
            return Finding.Ok(Name, "new panes get an SSH_AUTH_SOCK that does not go stale");
        }

        string message = tmux.Listener switch
        {
            SocketOwner.Unset => "new panes get no SSH_AUTH_SOCK",
            SocketOwner.Login => $"new panes get the login's own socket, {tmux.Agent}",
            _ => $"new panes get a stale SSH_AUTH_SOCK, {tmux.Agent}",
        };
        string meaning = "A shell with the fairlead line corrects that. A command that tmux starts without a shell does not."
            + (tmux.UpdateIndex is null ? "" : " At each attach, update-environment copies the client's value there. The command also removes it from that list.");
        string keep = tmux.UpdateIndex is { } index ? $"set-option -gu 'update-environment[{index}]' \\; " : "";
        return Finding.Warning(Name, message, meaning, $"tmux {keep}set-environment SSH_AUTH_SOCK {lines.PathWord} \\; set-environment -g SSH_AUTH_SOCK {lines.PathWord}");
    }
}
