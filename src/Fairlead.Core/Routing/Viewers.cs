using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Routing;

/// <summary>
/// The people who look at a caller in a multiplexer: the terminals that show it, and the logins that own them, with or without an agent.
/// </summary>
internal static class Viewers
{
    /// <summary>
    /// The one who most likely typed the caller's command comes first. Somebody who looks at another window of the session did not, if
    /// anybody looks at the caller's; onlookers, who cannot type there, come after all others.
    /// </summary>
    public static IEnumerable<Attachment> InOrder(Caller caller) => caller.Attachments.Count < 2
        ? caller.Attachments // the runtime needs some tenths of a millisecond for the first sort by several keys
        : from attachment in InView(caller.Attachments)
          orderby attachment.IsReadOnly, attachment.IsTypist descending, attachment.LastTyped descending,
              attachment.Terminal, attachment.LoginPid
          select attachment;

    /// <summary>If the way from the terminal to its login cannot be seen, the login's title still names the terminal.</summary>
    public static bool Owns(Login login, Attachment attachment) => attachment.LoginPid > 0
        ? login.Pid == attachment.LoginPid
        : login.Terminals.Any(terminal => terminal.Device == attachment.Terminal);

    /// <summary>
    /// The place of the person who most likely typed the caller's command: the login that it descends from, otherwise the terminal that
    /// shows it. Null if nobody is seen, or only at the machine's own screen.
    /// </summary>
    public static ViewingLogin? ViewingLoginOf(Caller caller)
    {
        if (caller.LoginPid > 0)
        {
            return new ViewingLogin(caller.LoginPid, "", caller.FirstOfLogin);
        }

        return InOrder(caller).FirstOrDefault() is { LoginPid: > 0 } attachment ? new ViewingLogin(attachment.LoginPid, attachment.Terminal, 0) : null;
    }

    /// <summary>The addresses of the people who can type there; those of onlookers if nobody can.</summary>
    public static IReadOnlyList<string> AddressesOf(RouteFacts facts)
    {
        Attachment[] viewers = [.. InOrder(facts.Caller)];
        Attachment[] typists = [.. viewers.Where(attachment => !attachment.IsReadOnly)];
        return [.. (typists.Length > 0 ? typists : viewers).Select(attachment => AddressOf(attachment, facts)).OfType<string>().Distinct()];
    }

    /// <summary>The login's own facts count more than the environment of the program on its terminal.</summary>
    public static string? AddressOf(Attachment attachment, RouteFacts facts) =>
        facts.Agents.Select(agent => agent.Login).FirstOrDefault(login => login is not null && Owns(login, attachment))?.ClientAddress
        ?? attachment.ClientAddress;

    private static IEnumerable<Attachment> InView(IReadOnlyList<Attachment> attachments) =>
        attachments.Any(attachment => attachment.ShowsCallersWindow)
            ? attachments.Where(attachment => attachment.ShowsCallersWindow)
            : attachments;
}
