using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>What tmux gives to new panes: at each attach it takes the client's SSH_AUTH_SOCK over (update-environment, tmux(1)).</summary>
internal static class TmuxCheck
{
    private const string Name = "tmux";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) => facts.Tmux is { } tmux ? [Judge(tmux, facts.Shell.Lines)] : [];

    private static Finding Judge(TmuxFacts tmux, ShellLines lines)
    {
        if (tmux.Listener is SocketOwner.Ourselves or SocketOwner.AnotherProgram)
        {
            return Finding.Ok(Name, "new panes get an SSH_AUTH_SOCK that stays");
        }

        string message = tmux.Listener switch
        {
            SocketOwner.Unset => "new panes get no SSH_AUTH_SOCK",
            SocketOwner.Login => $"new panes get the login's own socket, {tmux.Agent}",
            _ => $"new panes get a stale SSH_AUTH_SOCK, {tmux.Agent}",
        };
        string meaning = "A shell with the rc line mends it for itself; a command that tmux starts without one does not."
            + (tmux.UpdateIndex is null ? "" : " update-environment puts the client's value there at each attach: this takes it off the list, too.");
        string keep = tmux.UpdateIndex is { } index ? $"set-option -gu 'update-environment[{index}]' \\; " : "";
        return Finding.Warning(Name, message, meaning, $"tmux {keep}set-environment SSH_AUTH_SOCK {lines.PathWord} \\; set-environment -g SSH_AUTH_SOCK {lines.PathWord}");
    }
}
