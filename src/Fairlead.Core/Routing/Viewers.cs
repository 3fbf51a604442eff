using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Routing;

/// <summary>Who sits before a caller in a multiplexer: the terminals that show it, and the logins that they belong to, with or without an agent.</summary>
internal static class Viewers
{
    /// <summary>
    /// The one who most likely typed the caller's command first. Somebody who looks at another window of the session did not, where there is
    /// anybody who looks at the caller's; who only looks on stands behind all others.
    /// </summary>
    public static IEnumerable<Attachment> InOrder(Caller caller) =>
        from attachment in InView(caller.Attachments)
        orderby attachment.IsReadOnly, attachment.IsTypist descending, attachment.LastTyped descending,
            attachment.Terminal, attachment.LoginPid
        select attachment;

    /// <summary>Where the way from the terminal to its login cannot be seen, the login's title still names the terminal.</summary>
    public static bool Owns(Login login, Attachment attachment) => attachment.LoginPid > 0
        ? login.Pid == attachment.LoginPid
        : login.Terminals.Any(terminal => terminal.Device == attachment.Terminal);

    /// <summary>
    /// Where the person sits who most likely typed the caller's command: at the login that it descends from, else at the terminal that shows it. Null where
    /// nobody is seen, or only at the machine's own screen.
    /// </summary>
    public static ViewingLogin? ViewingLoginOf(Caller caller)
    {
        if (caller.LoginPid > 0)
        {
            return new ViewingLogin(caller.LoginPid, "", caller.FirstOfLogin);
        }

        return InOrder(caller).FirstOrDefault() is { LoginPid: > 0 } attachment ? new ViewingLogin(attachment.LoginPid, attachment.Terminal, 0) : null;
    }

    /// <summary>The addresses that those come from who can type there; those of onlookers where nobody can.</summary>
    public static IReadOnlyList<string> AddressesOf(RouteFacts facts)
    {
        Attachment[] viewers = [.. InOrder(facts.Caller)];
        Attachment[] typists = [.. viewers.Where(attachment => !attachment.IsReadOnly)];
        return [.. (typists.Length > 0 ? typists : viewers).Select(attachment => AddressOf(attachment, facts)).OfType<string>().Distinct()];
    }

    /// <summary>What a login says of itself counts more than what its terminal's program was started with.</summary>
    public static string? AddressOf(Attachment attachment, RouteFacts facts) =>
        facts.Agents.Select(agent => agent.Login).FirstOrDefault(login => login is not null && Owns(login, attachment))?.ClientAddress
        ?? attachment.ClientAddress;

    private static IEnumerable<Attachment> InView(IReadOnlyList<Attachment> attachments) =>
        attachments.Any(attachment => attachment.ShowsCallersWindow)
            ? attachments.Where(attachment => attachment.ShowsCallersWindow)
            : attachments;
}
