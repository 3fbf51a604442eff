using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>What the tmux server of this shell gives to new panes.</summary>
internal sealed record TmuxFacts
{
    /// <summary>SSH_AUTH_SOCK of the session, otherwise the server's; null when it is in neither.</summary>
    public string? Agent { get; init; }

    public required SocketOwner Listener { get; init; }

    /// <summary>Where update-environment names SSH_AUTH_SOCK: at each attach the client's value is put there. Null when it does not.</summary>
    public int? UpdateIndex { get; init; }
}
