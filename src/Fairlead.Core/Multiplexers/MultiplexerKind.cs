namespace Fairlead.Core.Multiplexers;

/// <summary>What is known of how a multiplexer tells where it is shown.</summary>
internal enum MultiplexerKind
{
    /// <summary>Answers questions about clients, sessions and windows.</summary>
    Tmux,

    /// <summary>Holds the terminal of each client open.</summary>
    Screen,

    /// <summary>Any other server: zellij, dtach, abduco, emacs --daemon.</summary>
    Other,
}
