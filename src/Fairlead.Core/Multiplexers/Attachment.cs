using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>One terminal that shows the caller's multiplexer session, followed outwards to the login that a person sits at.</summary>
/// <param name="LoginPid">The login's session process; 0 when the way there cannot be seen.</param>
/// <param name="Terminal">
/// The outermost terminal, below /dev: "pts/3"; empty for a program without one that is connected to the caller's server, as an editor
/// connects through <c>ssh -T</c>.
/// </param>
internal sealed record Attachment(int LoginPid, string Terminal)
{
    /// <summary>
    /// The address that the login there comes from, with or without an agent; null at the machine's own screen, and if it is unread.
    /// </summary>
    public string? ClientAddress { get; init; }

    /// <summary>The process there does not show its first environment.</summary>
    public bool IsAddressUnread { get; init; }

    /// <summary>
    /// When somebody most recently typed there, as far as it is known; without a terminal, when the program there was started.
    /// </summary>
    public DateTimeOffset? LastTyped { get; init; }

    /// <summary>The multiplexer itself says that somebody typed here most recently: this is finer than any time.</summary>
    public bool IsTypist { get; init; }

    /// <summary>The caller's window is in view, not only another of the same session.</summary>
    public bool ShowsCallersWindow { get; init; }

    /// <summary>Attached read-only: nobody types here.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>
    /// The terminal of the client of the caller's own multiplexer, below /dev: not the outermost one, if multiplexers stand inside each
    /// other.
    /// </summary>
    public string ClientTerminal { get; init; } = "";

    /// <summary>A person sits at the outermost terminal, as far as can be seen: it belongs to a login, or <see cref="PersonTerminal"/> says so.</summary>
    public bool IsPersons { get; init; }

    /// <summary>A multiplexer around that client shows it now, if there is one.</summary>
    public bool IsClientInView { get; init; } = true;

    /// <summary>That client is in control mode (tmux -CC): another program shows the session in its own windows.</summary>
    public bool IsControlMode { get; init; }

    /// <summary>
    /// The terminals of panes on the way from the caller to this one, if a pane of another multiplexer shows a multiplexer; the innermost
    /// first.
    /// </summary>
    public IReadOnlyList<InnerTerminal> Between { get; init; } = [];
}

/// <summary>The terminal of a pane in which another multiplexer shows one of its sessions.</summary>
/// <param name="Server">The server of the inner multiplexer.</param>
/// <param name="Terminal">Below /dev.</param>
internal sealed record InnerTerminal(ProcessIdentity Server, string Terminal);
