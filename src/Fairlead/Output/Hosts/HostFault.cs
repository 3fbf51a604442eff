using System.Text.Json.Serialization;

namespace Fairlead.Output.Hosts;

/// <summary>Why a host has not got what it was to get. Nothing was changed there, except where it is said.</summary>
internal enum HostFault
{
    [JsonStringEnumMemberName("not-reached")]
    NotReached,

    /// <summary>Its server, or that of a jump host, drops connections when many come (MaxStartups).</summary>
    [JsonStringEnumMemberName("turned-away")]
    TurnedAway,

    [JsonStringEnumMemberName("denied")]
    Denied,

    [JsonStringEnumMemberName("host-key-unknown")]
    HostKeyUnknown,

    [JsonStringEnumMemberName("host-key-changed")]
    HostKeyChanged,

    [JsonStringEnumMemberName("no-answer")]
    NoAnswer,

    /// <summary>The login shell has not run the script: nologin, or an rc file that becomes another program.</summary>
    [JsonStringEnumMemberName("no-script")]
    NoScript,

    [JsonStringEnumMemberName("endless")]
    Endless,

    [JsonStringEnumMemberName("not-linux")]
    NotLinux,

    [JsonStringEnumMemberName("no-home")]
    NoHome,

    [JsonStringEnumMemberName("no-program")]
    NoProgram,

    [JsonStringEnumMemberName("read-only")]
    ReadOnly,

    [JsonStringEnumMemberName("not-writable")]
    NotWritable,

    [JsonStringEnumMemberName("not-written")]
    NotWritten,

    [JsonStringEnumMemberName("full")]
    Full,

    [JsonStringEnumMemberName("noexec")]
    NoExec,

    [JsonStringEnumMemberName("another-program")]
    AnotherProgram,

    [JsonStringEnumMemberName("link")]
    IsLink,

    [JsonStringEnumMemberName("package")]
    Package,

    [JsonStringEnumMemberName("newer")]
    Newer,

    [JsonStringEnumMemberName("lost")]
    Lost,

    /// <summary>The host has the program and goes on; how it went is not known.</summary>
    [JsonStringEnumMemberName("lost-at-the-end")]
    LostAtTheEnd,

    [JsonStringEnumMemberName("damaged")]
    Damaged,

    [JsonStringEnumMemberName("no-digest")]
    NoDigest,

    [JsonStringEnumMemberName("does-not-run")]
    DoesNotRun,

    /// <summary>The new program was taken away again. What setup had written by then is written anew by the former one, or removed.</summary>
    [JsonStringEnumMemberName("setup-failed")]
    SetupFailed,

    /// <summary>The same.</summary>
    [JsonStringEnumMemberName("restart-failed")]
    RestartFailed,

    /// <summary>The right program is there, or the former one is back, and setup has done what it could.</summary>
    [JsonStringEnumMemberName("not-set-up")]
    NotSetUp,

    /// <summary>The same, and all of it is set up.</summary>
    [JsonStringEnumMemberName("not-restarted")]
    NotRestarted,

    /// <summary>The program is still there; setup has taken away what it could.</summary>
    [JsonStringEnumMemberName("not-undone")]
    NotUndone,

    [JsonStringEnumMemberName("locked")]
    Locked,

    /// <summary>Somebody else has replaced the program since it was looked at.</summary>
    [JsonStringEnumMemberName("meanwhile")]
    Meanwhile,

    [JsonStringEnumMemberName("nothing-kept")]
    NothingKept,

    [JsonStringEnumMemberName("stopped")]
    Stopped,
}
