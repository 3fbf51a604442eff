using System.Globalization;
using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>The parts of an event as people say them.</summary>
internal static class EventWords
{
    /// <summary>"ssh (4711), tmux %3".</summary>
    public static string Who(EventReport report) => report.Caller switch
    {
        null or { Pid: <= 0 } => "a process in another container",
        { Pane: { } pane } caller => $"{Process(caller)}, {caller.Multiplexer} {pane}",
        { Terminal: { } terminal } caller => $"{Process(caller)}, {terminal}",
        var caller => Process(caller),
    };

    /// <summary>"sign for root@web01", "sign (git)"; a server that asks itself is named first: "web02 asks: sign for web01".</summary>
    public static string What(EventReport report) =>
        (report.AskedBy is { } asking ? $"{NameOf(asking)} asks: " : "") + report.Request + For(report);

    /// <summary>"git, claude, bash": what is above the program that asks, the nearest first.</summary>
    public static string Above(EventReport report) => string.Join(", ", report.Caller?.Above ?? []);

    /// <summary>"by 203.0.113.7 (pts/3) with home-key (ssh-ed25519 SHA256:...)"; empty when no agent was asked for no key.</summary>
    public static string How(EventReport report)
    {
        string agent = report.Agent is { } name ? $"by {name}" : "";
        string key = report.Key is { } used ? $"with {Describe(used)}" : "";
        return $"{agent} {key}".Trim();
    }

    public static string Outcome(EventReport report) => report.Outcome switch
    {
        "answered" when report.Keys is { } count => Plural.Of(count, "key"),
        "no-keys" => "no keys",
        "no-such-key" => "no agent has this key",
        "no-answer" => "no answer",
        "no-agent" => "no agent",
        "not-shown" => "not one of its keys",
        "refused-by-you" => "refused by you",
        "nobody-to-ask" => "nobody there to ask",
        "not-answered" => report.Milliseconds is { } waited ? Invariant($"no answer in {waited / 1000:0} s") : "no answer",
        "too-many-questions" => "other questions wait",
        "interrupted" => "restarted before an answer",
        "asked" => "asks you",
        "malformed" => "not understood",
        "abandoned" => "hung up",
        "held" => "held until an agent comes",
        var word => word ?? "",
    };

    /// <summary>With a sign and a colour where it was refused or not answered.</summary>
    public static Cell ShownOutcome(EventReport report) => report.Outcome switch
    {
        "refused" or "denied" or "not-shown" or "refused-by-you" or "malformed" => new Cell($"x {Outcome(report)}", Look.Refused),
        "no-keys" or "no-such-key" or "no-answer" or "no-agent" or "nobody-to-ask" or "not-answered" or "too-many-questions" or "interrupted" or "asked" => new Cell($"! {Outcome(report)}", Look.Warning),
        _ => Outcome(report),
    };

    /// <summary>"12 ms", "1.5 s", "5 min"; empty for what has not ended.</summary>
    public static string Took(EventReport report) => report.Milliseconds switch
    {
        null => "",
        < 1000 and var time => Invariant($"{time:0.#} ms"),
        < 60_000 and var time => Invariant($"{time / 1000:0.0} s"),
        var time => RelativeTime.For(TimeSpan.FromMilliseconds(time.Value)),
    };

    public static string Missed(EventReport report) => $"{Plural.Of(report.Count ?? 0, "request")} passed too quickly to show";

    /// <summary>"for git@github.com" of a login, "(git)" of the signature of a commit.</summary>
    public static string For(EventReport report)
    {
        string? user = report.Signature?.User is { } name ? name.Contains('@', StringComparison.Ordinal) ? $"\"{Quoted(name).Trim('"')}\"" : Quoted(name) : null;
        return report.Host is { } host ? $" for {(user is null ? "" : user + "@")}{NameOf(host)}"
            : user is not null ? $" for {user} on an unknown server"
            : report.Signature?.Namespace is { } space ? $" ({Quoted(space)})"
            : "";
    }

    /// <summary>The caller chooses it: what could pass for the words around it stands in quotation marks.</summary>
    public static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@') ? text : $"\"{text.Replace("\"", "'", StringComparison.Ordinal)}\"";

    private static string Process(EventCallerReport caller) => caller.Command is { } command ? $"{command} ({caller.Pid})" : $"process {caller.Pid}";

    public static string NameOf(HostReport host) => host.Proven ? host.Name ?? host.Fingerprint : $"{host.Fingerprint} (not proven)";

    private static string Describe(KeyReport key) =>
        key.Comment.Length > 0 ? $"{key.Comment} ({key.Type} {key.Fingerprint})" : $"{key.Type} {key.Fingerprint}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
