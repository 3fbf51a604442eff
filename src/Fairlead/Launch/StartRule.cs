namespace Fairlead.Launch;

/// <summary>Decides on <see cref="StartPermission"/>.</summary>
internal static class StartRule
{
    /// <param name="inSshSession">The environment says so; believed where /proc hides the login itself.</param>
    public static StartPermission Decide(bool homeIsForeign, bool inPrivateUserNamespace, Ancestry ancestry, bool inSshSession)
    {
        if (homeIsForeign)
        {
            return StartPermission.ForeignHome;
        }

        if (inPrivateUserNamespace)
        {
            return StartPermission.PrivateUserNamespace;
        }

        bool belowLogin = ancestry.IsBelowSshd || (ancestry.IsCutShort && inSshSession);
        return ancestry.HasTerminal || belowLogin ? StartPermission.Granted : StartPermission.NobodyThere;
    }
}
