namespace Fairlead.EndToEnd.Chaos;

internal enum StepKind
{
    /// <summary>Somebody logs in with an agent.</summary>
    Appear,

    /// <summary>A login ends, and sshd removes its socket.</summary>
    Leave,

    /// <summary>A login is killed: its socket stays and refuses.</summary>
    Crash,

    /// <summary>An agent behaves differently from now on.</summary>
    Turn,

    /// <summary>A client comes.</summary>
    Client,

    /// <summary>Everybody comes to rest, and each good agent answers its own login.</summary>
    Muster,

    /// <summary>Everybody leaves but one, and the daemon's vitals are taken: what it needs was allocated by then.</summary>
    Rest,
}
