using Fairlead.Core.Control;
using Fairlead.Launch;

namespace Fairlead.Shell;

/// <summary>What <c>init</c> does for one shell.</summary>
/// <param name="Export">Print the code that sets SSH_AUTH_SOCK; otherwise nothing, and the shell stays as it was.</param>
/// <param name="Start">Start the daemon first.</param>
/// <param name="Register">Tell the daemon of the login's own agent.</param>
internal readonly record struct InitDecision(bool Export, bool Start, bool Register)
{
    private static InitDecision LeaveAlone => default;

    public static InitDecision Decide(InitFacts facts)
    {
        bool replace = facts.Listener switch
        {
            SocketOwner.Unset => facts.InSession || facts.DaemonListens, // nothing is overwritten, for there is nothing
            SocketOwner.AnotherProgram => false,
            _ => true,
        };
        if (!replace || !facts.HasPlace)
        {
            return LeaveAlone;
        }

        if (facts.HomeIsForeign)
        {
            return facts.DaemonListens ? new InitDecision(Export: true, Start: false, Register: false) : LeaveAlone;
        }

        // Where nobody listens and nothing may be started, a live agent would be given away for a dead path.
        return facts.DaemonListens || facts.MayStart
            ? new InitDecision(Export: true, Start: !facts.DaemonListens, Register: facts.Listener == SocketOwner.Login)
            : LeaveAlone;
    }

    /// <summary>
    /// A daemon that is late still comes, and a shell that missed the path would stay stale for life; one that failed does not.
    /// </summary>
    public InitDecision After(StartOutcome outcome) => outcome == StartOutcome.Failed ? LeaveAlone : this;

    /// <summary>A live agent is not given away for one that answers nothing.</summary>
    public InitDecision After(RegisterOutcome outcome) => outcome == RegisterOutcome.Refused ? LeaveAlone : this;
}
