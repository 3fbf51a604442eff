namespace Fairlead.Launch;

/// <summary>Whether a daemon may be started here without a person having asked for it.</summary>
internal enum StartPermission
{
    Granted,

    /// <summary>The home belongs to another user.</summary>
    ForeignHome,

    /// <summary>A sandboxed shell: the host's only daemon would end up inside its sandbox.</summary>
    PrivateUserNamespace,

    /// <summary>Neither a login nor a terminal is above: cron and services start no daemons.</summary>
    NobodyThere,
}
