using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>
/// Makes the facts about a caller for rules. The known place of the person counts more than the place where the caller was started.
/// </summary>
internal static class RuleInputsFactory
{
    public static RuleInputs Of(RouteFacts facts, CallerIdentity identity)
    {
        Caller caller = facts.Caller;
        RouteStep? leader = Router.Choose(facts with { Pinned = [], Policy = Decision.None }).Leader;
        Login? login = leader is { IsCertain: true } ? leader.Login : null;
        bool hasLogin = leader?.Reason == RouteReason.OwnLogin || caller.Environments.Any(hint => hint.Connection is not null);
        bool isBackground = !caller.HasTerminal && caller.Multiplexer is null && !hasLogin;
        string? from = PlaceOf(facts, login);
        return new RuleInputs(from ?? caller.ClientAddress, login?.User, caller.Folder, caller.Executable, isBackground)
        {
            Sessions = caller.SessionNames,
            Programs = caller.Programs,
            Variables = caller.Variables,
            IsForwarded = identity.IsForwarded,
            Signature = identity.Signature,
            Unread = Unread(caller, from is null && IsRemote(caller, login), login, isBackground)
                | (identity.Signature is { User: null, Namespace: null } ? RuleInput.Signature : RuleInput.None),
        };
    }

    /// <summary>The person who sees the caller's pane may have no agent, and the leader then belongs to somebody else.</summary>
    private static string? PlaceOf(RouteFacts facts, Login? login) => Viewers.InOrder(facts.Caller).FirstOrDefault() is Attachment viewer
        ? Viewers.AddressOf(viewer, facts)
        : login?.ClientAddress;

    /// <summary>It has an address, or may have one, known or not.</summary>
    private static bool IsRemote(Caller caller, Login? login) => Viewers.InOrder(caller).FirstOrDefault() is Attachment viewer
        ? viewer.IsAddressUnread || viewer.LoginPid > 0
        : caller.ClientAddress is null && (login is not null || caller.Unread.HasFlag(CallerFacts.Environment));

    private static RuleInput Unread(Caller caller, bool lacksAddress, Login? login, bool isBackground)
    {
        bool Lacks(CallerFacts facts) => (caller.Unread & facts) != CallerFacts.None;
        RuleInput When(RuleInput trait, bool isUnread) => isUnread ? trait : RuleInput.None;

        bool isUnseen = Lacks(CallerFacts.Attachments) || (login is null && Lacks(CallerFacts.Ancestors));
        return When(RuleInput.From, isUnseen || lacksAddress)
            | When(RuleInput.Login, isUnseen || (login is not null && login.User is null))
            | When(RuleInput.Session, Lacks(CallerFacts.Session))
            | When(RuleInput.Folder, caller.Folder is null && Lacks(CallerFacts.Program))
            | When(RuleInput.Executable, caller.Executable is null && Lacks(CallerFacts.Program))
            | When(RuleInput.Programs, Lacks(CallerFacts.Ancestors | CallerFacts.Above))
            | When(RuleInput.Variables, Lacks(CallerFacts.Environment | CallerFacts.Variables))
            | When(RuleInput.Background, isBackground && Lacks(CallerFacts.Ancestors | CallerFacts.Environment | CallerFacts.Attachments));
    }
}
