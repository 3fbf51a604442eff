namespace Fairlead.Core.Policy;

/// <summary>The callers that a rule is for: every condition that is set must hold.</summary>
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

    /// <summary>The caller's program: its file name, or its path if it has a slash.</summary>
    public string? Executable { get; init; }

    /// <summary>Whether nobody uses the caller: no terminal, no multiplexer, no login.</summary>
    public bool? Background { get; init; }

    /// <summary>For these fairlead must read something of the caller that no other choice needs.</summary>
    public bool NeedProgram => Folder is not null || Executable is not null;

    public bool AreEmpty => this == new RuleConditions();

    public bool HoldFor(RuleInputs caller) => HoldFor(caller, RuleInput.None);

    /// <summary>Whether all conditions may hold, if everything that could not be read is as the rule asks.</summary>
    public bool MayHoldFor(RuleInputs caller) => HoldFor(caller, caller.Unread);

    /// <summary>As the configuration has it: from = "192.0.2.1", background = true.</summary>
    public override string ToString() => string.Join(", ", Parts());

    private bool HoldFor(RuleInputs caller, RuleInput assumed) =>
        (From is null || From == caller.From || assumed.HasFlag(RuleInput.From))
        && (Login is null || Login == caller.Login || assumed.HasFlag(RuleInput.Login))
        && (Session is null || caller.Sessions.Contains(Session) || assumed.HasFlag(RuleInput.Session))
        && (Folder is null || IsWithin(caller.Folder, Folder) || assumed.HasFlag(RuleInput.Folder))
        && (Executable is null || IsProgram(caller.Executable, Executable) || assumed.HasFlag(RuleInput.Executable))
        && (Background is null || Background == caller.IsBackground || assumed.HasFlag(RuleInput.Background));

    private static bool IsWithin(string? folder, string parent) =>
        folder is not null
        && (folder == parent || folder.StartsWith(parent.EndsWith('/') ? parent : parent + "/", StringComparison.Ordinal));

    private static bool IsProgram(string? path, string named) =>
        path is not null && (path == named || (!named.Contains('/') && path.EndsWith("/" + named, StringComparison.Ordinal)));

    private IEnumerable<string> Parts()
    {
        (string Key, string? Value)[] texts = [("from", From), ("login", Login), ("session", Session), ("cwd", Folder), ("executable", Executable)];
        foreach ((string key, string? value) in texts)
        {
            if (value is not null)
            {
                yield return $"{key} = \"{value}\"";
            }
        }

        if (Background is bool background)
        {
            yield return $"background = {(background ? "true" : "false")}";
        }
    }
}
