namespace Fairlead.Core.Linux.Spawning;

/// <summary>
/// Starts a program that outlives the login that started it, and holds nothing of that login: a session of its own, standard streams on
/// /dev/null. A child that kept stdout would block <c>$(...)</c> and <c>ssh host command</c>.
/// </summary>
internal static class DetachedProcess
{
    /// <param name="environment">NAME=value each.</param>
    /// <param name="passed">The child's descriptors from number 3 on.</param>
    /// <returns>The child's pid, or minus errno.</returns>
    public static int Start(string program, string[] arguments, string[] environment, params ReadOnlySpan<int> passed)
    {
        int result = PassedDescriptors.TryCopy(
            [PassedDescriptors.Nothing, PassedDescriptors.Nothing, PassedDescriptors.Nothing, .. passed], out PassedDescriptors? copies);
        using (copies)
        {
            return result < 0 ? result : ChildProcess.Start(program, arguments, environment, copies!, ownSession: true);
        }
    }
}
