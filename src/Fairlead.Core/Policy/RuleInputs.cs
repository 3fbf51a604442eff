namespace Fairlead.Core.Policy;

/// <summary>What rules can ask about a caller; null means not known, and then no condition holds.</summary>
/// <param name="From">The client address of the login that uses it.</param>
/// <param name="Login">The user name of the login that uses it.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="Executable">The path of its program.</param>
/// <param name="IsBackground">Nobody is known to use it: it has no terminal, no multiplexer and no login.</param>
internal sealed record RuleInputs(string? From, string? Login, string? Folder, string? Executable, bool IsBackground)
{
    /// <summary>The names of the multiplexer's sessions that show it.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>What fairlead could not read of it: the values here may be wrong.</summary>
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
