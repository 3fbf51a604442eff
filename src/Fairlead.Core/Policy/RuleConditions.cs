namespace Fairlead.Core.Policy;

/// <summary>The requests that a rule is for: every condition that is set must hold.</summary>
internal sealed record RuleConditions
{
    /// <summary>
    /// The client address of the login that the person sits at, if that is known, otherwise of the login that started the caller.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The user name of that login.</summary>
    public string? Login { get; init; }

    /// <summary>The name of the tmux or screen session that the caller runs in.</summary>
    public string? Session { get; init; }

    /// <summary>The caller's working directory is this folder or below it.</summary>
    public string? Folder { get; init; }

    /// <summary>The program that connects, which is ssh when git fetches: its file name, or its path if it has a slash.</summary>
    public string? Executable { get; init; }

    /// <summary>That program or one above it: its file name, or its path if it has a slash, or the name that it gave itself.</summary>
    public string? Under { get; init; }

    /// <summary>A variable that the caller was started with: "NAME=VALUE", or "NAME" for any value.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether nobody uses the caller: no terminal, no multiplexer, no login.</summary>
    public bool? Background { get; init; }

    /// <summary>Whether it comes from a host that was reached with ssh -A.</summary>
    public bool? Forwarded { get; init; }

    /// <summary>The server that it logs in to: a name that a known_hosts file has for it, or the fingerprint of its host key.</summary>
    public string? Host { get; init; }

    /// <summary>The user name on that server.</summary>
    public string? User { get; init; }

    /// <summary>The namespace of a signature that is no login: "git", "file".</summary>
    public string? Sign { get; init; }

    /// <summary>The fingerprint of the key for the signature.</summary>
    public string? Key { get; init; }

    /// <summary>They ask for what is known only when something is to be signed.</summary>
    public bool NeedSignature => User is not null || Sign is not null || Key is not null;

    /// <summary>They ask where the person sits, or whether there is one.</summary>
    public bool NeedPlace => From is not null || Login is not null || Session is not null || Background is not null;

    /// <summary>The conditions without those that only a signature tells.</summary>
    public RuleConditions WithoutSignature => this with { User = null, Sign = null, Key = null };

    public bool AreEmpty => this == new RuleConditions();

    /// <summary>Whether there can be no request for which all hold: a login has no namespace, and other signatures have no user and no server.</summary>
    public bool CanNeverHold => Sign is not null && (User is not null || Host is not null);

    public bool HoldFor(RuleInputs caller) => Checks(caller).All(check => check.Holds);

    /// <summary>Whether all conditions may hold, if everything that could not be read, or is not proven, is as the rule asks.</summary>
    public bool MayHoldFor(RuleInputs caller) => Checks(caller).All(check => check.Holds || check.IsUnsure);

    /// <summary>
    /// Whether one of the conditions by which a rule names a program may hold, whatever the other conditions ask: a program that was started
    /// by it can change the rest.
    /// </summary>
    public bool MayNameProgramOf(RuleInputs caller) =>
        (Under is not null && new RuleConditions { Under = Under }.MayHoldFor(caller))
        || (Variable is not null && new RuleConditions { Variable = Variable }.MayHoldFor(caller));

    /// <summary>As the configuration has it: from = "192.0.2.1", background = true.</summary>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<(bool Holds, bool IsUnsure)> Checks(RuleInputs caller)
    {
        (bool, bool) Check(bool holds, RuleInput input) => (holds, caller.Unread.HasFlag(input));
        if (From is not null)
        {
            yield return Check(From == caller.From, RuleInput.From);
        }

        if (Login is not null)
        {
            yield return Check(Login == caller.Login, RuleInput.Login);
        }

        if (Session is not null)
        {
            yield return Check(caller.Sessions.Contains(Session), RuleInput.Session);
        }

        if (Folder is not null)
        {
            yield return Check(IsWithin(caller.Folder, Folder), RuleInput.Folder);
        }

        if (Executable is not null)
        {
            yield return Check(caller.Executable is string path && IsProgram(path, Executable), RuleInput.Executable);
        }

        if (Under is not null)
        {
            yield return Check(caller.Programs.Any(program => IsProgram(program, Under)), RuleInput.Programs);
        }

        if (Variable is not null)
        {
            yield return Check(caller.Variables.Any(set => set == Variable || set.StartsWith(Variable + "=", StringComparison.Ordinal)), RuleInput.Variables);
        }

        if (Background is not null)
        {
            yield return Check(Background == caller.IsBackground, RuleInput.Background);
        }

        if (Forwarded is not null)
        {
            yield return (Forwarded == caller.IsForwarded, false);
        }

        if (Host is not null)
        {
            bool isNamed = caller.Host.Names.Contains(Host);
            yield return (isNamed && caller.Host.IsProven, isNamed || caller.Unread.HasFlag(RuleInput.Host));
        }

        if (User is not null)
        {
            yield return Check(caller.Signature?.User is string user && IsUser(user, User), RuleInput.Signature);
        }

        if (Sign is not null)
        {
            yield return Check(Sign == caller.Signature?.Namespace, RuleInput.Signature);
        }

        if (Key is not null)
        {
            yield return (Key == caller.Signature?.Key, caller.Signature is { Key: null });
        }
    }

    private static bool IsWithin(string? folder, string parent) =>
        folder is not null
        && (folder == parent || folder.StartsWith(parent.EndsWith('/') ? parent : parent + "/", StringComparison.Ordinal));

    /// <summary>The kernel cuts the name that a process gives itself after 15 characters (TASK_COMM_LEN).</summary>
    internal static bool IsProgram(string path, string named) =>
        path == named
        || (!named.Contains('/') && path.EndsWith("/" + named, StringComparison.Ordinal))
        || (path.Length == 15 && named.StartsWith(path, StringComparison.Ordinal));

    /// <summary>sshd logs in whoever is named before a colon (auth2.c, "user:style"), or before a zero byte.</summary>
    private static bool IsUser(string given, string named) =>
        given == named || (given.StartsWith(named, StringComparison.Ordinal) && (given[named.Length] == ':' || char.IsControl(given[named.Length])));

    private IEnumerable<string> Parts()
    {
        (string Key, string? Value)[] texts =
        [
            ("from", From), ("login", Login), ("session", Session), ("cwd", Folder), ("executable", Executable), ("under", Under), ("variable", Variable),
            ("host", Host), ("user", User), ("sign", Sign), ("key", Key),
        ];
        (string Key, bool? Value)[] flags = [("background", Background), ("forwarded", Forwarded)];
        return texts.Where(text => text.Value is not null).Select(text => $"{text.Key} = \"{text.Value}\"")
            .Concat(flags.Where(flag => flag.Value is not null).Select(flag => $"{flag.Key} = {(flag.Value == true ? "true" : "false")}"));
    }
}
