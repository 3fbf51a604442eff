namespace Fairlead.Core.Policy;

/// <summary>What rules can ask about a caller; null is what is not known, and no condition holds for it.</summary>
/// <param name="From">The client address that it is used from.</param>
/// <param name="Login">The user name of the login that it is used from.</param>
/// <param name="Folder">Its working folder.</param>
/// <param name="Executable">The path of its program.</param>
/// <param name="IsBackground">Nobody is known to sit before it: it has no terminal, no multiplexer and no login.</param>
internal sealed record RuleInputs(string? From, string? Login, string? Folder, string? Executable, bool IsBackground)
{
    /// <summary>The names of the multiplexer's sessions that it is seen in.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>What could not be read of it: what stands here instead may be wrong.</summary>
    public RuleInput Unread { get; init; }
}

/// <summary>What rules can ask about a caller, as a set.</summary>
[Flags]
internal enum RuleInput
{
    None = 0,
    From = 1,
    Login = 2,
    Session = 4,
    Folder = 8,
    Executable = 16,
    Background = 32,
    All = From | Login | Session | Folder | Executable | Background,
}
