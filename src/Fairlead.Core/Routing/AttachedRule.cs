using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>
/// The logins whose terminals show the caller's multiplexer session: those with the caller's window in view where there are any, the one typed in
/// last first. Who only looks on stands behind all others.
/// </summary>
internal static class AttachedRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from attachment in InView(facts.Caller.Attachments)
        orderby attachment.IsReadOnly, attachment.IsTypist descending, attachment.LastTyped descending,
            attachment.Terminal, attachment.SessionPid
        from candidate in facts.Agents
        where candidate.Login is Login login && Owns(login, attachment)
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Attached) { Attachment = attachment };

    /// <summary>Somebody who looks at another window of the session did not type the caller's command.</summary>
    private static IEnumerable<Attachment> InView(IReadOnlyList<Attachment> attachments) =>
        attachments.Any(attachment => attachment.ShowsCallersWindow)
            ? attachments.Where(attachment => attachment.ShowsCallersWindow)
            : attachments;

    /// <summary>Where the way from the terminal to its login cannot be seen, the login's title still names the terminal.</summary>
    private static bool Owns(Login login, Attachment attachment) => attachment.SessionPid > 0
        ? login.Pid == attachment.SessionPid
        : login.Terminals.Any(terminal => terminal.Device == attachment.Terminal);
}
