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

    /// <summary>Somebody hangs up while a person is asked for them: who comes next waits for nothing.</summary>
    HangUp,

    /// <summary>The socket's place fails: it comes back by itself, and conversations under way do not notice.</summary>
    PlaceFails,

    /// <summary>
    /// Somebody logs in with a folder in /tmp, and its mark is removed: it is put back, and the folder goes with the login. The others have theirs elsewhere:
    /// /tmp is everybody's, and who has begun before a login may be answered without its agent while a large one is read.
    /// </summary>
    MarkGoes,

    /// <summary>A client in namespaces of its own, as in a container that has the sockets' folder: its agent answers it, and it changes nothing.</summary>
    Sandbox,

    /// <summary>Everybody leaves but one, and the daemon's vitals are taken: what it needs was allocated by then.</summary>
    Rest,
}
