namespace Fairlead.Launch;

/// <summary>Decides on <see cref="StartPermission"/>.</summary>
internal static class StartRule
{
    /// <param name="hasVariables">The environment tells of an ssh session; believed where /proc hides the login itself.</param>
    public static StartPermission Decide(bool homeIsForeign, bool inPrivateUserNamespace, Ancestry ancestry, bool hasVariables)
    {
        if (homeIsForeign)
        {
            return StartPermission.ForeignHome;
        }

        if (inPrivateUserNamespace)
        {
            return StartPermission.PrivateUserNamespace;
        }

        bool belowLogin = ancestry.IsBelowSshd || (ancestry.IsCutShort && hasVariables);
        return ancestry.HasTerminal || belowLogin ? StartPermission.Granted : StartPermission.NobodyThere;
    }
}

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
