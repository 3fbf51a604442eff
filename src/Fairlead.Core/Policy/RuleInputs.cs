namespace Fairlead.Core.Policy;

/// <summary>What rules can ask about a request; null means not known, and then no condition holds.</summary>
/// <param name="From">The client address of the login that uses it.</param>
/// <param name="Login">The user name of the login that uses it.</param>
/// <param name="Folder">The caller's working directory.</param>
/// <param name="Executable">The path of the caller's program.</param>
/// <param name="IsBackground">Nobody is known to use it: it has no terminal, no multiplexer and no login.</param>
internal sealed record RuleInputs(string? From, string? Login, string? Folder, string? Executable, bool IsBackground)
{
    /// <summary>The names of the multiplexer's sessions that show it.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>The caller's program and those above it: each one's name, and its path if that could be read.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The variables that it was started with, "NAME=VALUE", as far as rules ask for them.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>It comes from a host that was reached with ssh -A.</summary>
    public bool IsForwarded { get; init; }

    /// <summary>The server that the caller logs in to.</summary>
    public RuleHost Host { get; init; } = RuleHost.None;

    /// <summary>What it is to sign; null while keys are listed.</summary>
    public RuleSignature? Signature { get; init; }

    /// <summary>What fairlead could not read of it: the values here may be wrong.</summary>
    public RuleInput Unread { get; init; }
}

/// <summary>The server that a caller logs in to.</summary>
/// <param name="Names">Those names and fingerprints of hosts in the rules that are this server's.</param>
/// <param name="IsProven">The server has shown that it has that key, in this login. Otherwise the caller may claim any server it likes.</param>
internal sealed record RuleHost(IReadOnlyCollection<string> Names, bool IsProven)
{
    /// <summary>No server is known.</summary>
    public static readonly RuleHost None = new([], IsProven: false);
}

/// <summary>What is to be signed.</summary>
/// <param name="User">The user name on the server; null if it is no login.</param>
/// <param name="Namespace">What the signature is for, such as "git"; null if it is a login.</param>
/// <param name="Key">The fingerprint of the key; null if it is written in a way that could hide which key it is.</param>
internal sealed record RuleSignature(string? User, string? Namespace, string? Key);

/// <summary>What rules can ask about a request, as a set.</summary>
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
    Programs = 64,
    Variables = 128,
    Host = 256,
    Signature = 512,
    All = From | Login | Session | Folder | Executable | Background | Programs | Variables | Host | Signature,
}
