using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>What a person is asked, in one sentence.</summary>
internal static class QuestionSentence
{
    private const int LongestName = 40;

    /// <summary>"git push (ssh 4711) below claude, tmux %3, wants key work for git@github.com".</summary>
    public static string Of(QuestionReport question)
    {
        EventReport request = question.Request;
        string who = Who(question, request.Caller);
        string subject = request.AskedBy is { } host ? $"{EventWords.NameOf(host)}, through {who}," : who.Contains(',', StringComparison.Ordinal) ? who + "," : who;
        return PlainText.Of($"{subject} wants {Key(request.Key)}{For(request)}");
    }

    /// <summary>"Type 47 to allow this for 30m, Esc to refuse".</summary>
    public static string Choice(QuestionReport question, string digits) =>
        PlainText.Of($"Type {digits} to allow {(question.Remembers is { } time ? $"this for {time}" : "it once")}, Esc to refuse");

    /// <summary>What became of a question, after its sentence.</summary>
    public static string Of(VerdictReport verdict) => verdict.Verdict switch
    {
        "yes" => "allowed",
        "no" => "refused by you",
        "no-answer" => "no answer in time",
        "nobody" => "nobody there to ask",
        "too-many" => "other questions wait already",
        "withdrawn" => "the program has gone",
        "restarted" => "the daemon was restarted",
        var word => PlainText.Of(word),
    };

    /// <summary>"git push (ssh 4711) wants key work for git@github.com: refused by you, 2 min ago (line 12: under = "claude")".</summary>
    public static string Of(RefusedQuestionReport refused, DateTimeOffset now) =>
        $"{Of(refused.Question)}: {Of(refused.Verdict)}, {RelativeTime.Ago(refused.Question.Since, now)} (line {refused.Question.Line}: {refused.Question.When})";

    /// <summary>The caller chooses these words: none of them may push the rest out of view.</summary>
    private static string Short(string text) => text.Length <= LongestName ? text : text[..(LongestName - 3)] + "...";

    private static string Who(QuestionReport question, EventCallerReport? caller)
    {
        if (caller is null or { Pid: <= 0 })
        {
            return "a process in another container";
        }

        string command = EventWords.Quoted(caller.Command ?? "process");
        string process = question.Errand is { } errand ? $"{errand} ({command} {caller.Pid})" : $"{command} ({caller.Pid})";
        string below = question.Below is { } program ? $" below {Path.GetFileName(program)}" : "";
        return caller switch
        {
            { Pane: { } pane } => $"{process}{below}, {caller.Multiplexer} {(pane.TrimStart('%') is { Length: > 0 } number && number.All(char.IsAsciiDigit) ? pane : EventWords.Quoted(Short(pane)))}",
            { Terminal: { } terminal } => $"{process}{below}, {terminal}",
            _ => process + below,
        };
    }

    private static string For(EventReport request) => request switch
    {
        { Host: null, Signature.Namespace: { } purpose } => $" for a signature ({EventWords.Quoted(Short(purpose))})",
        { Signature.User: { } user } => EventWords.For(request with { Signature = new SignatureReport { User = Short(user) } }),
        _ => EventWords.For(request),
    };

    private static string Key(KeyReport? key) => key switch
    {
        null => "a key",
        { Comment.Length: > 0 } => $"key {EventWords.Quoted(Short(key.Comment))}",
        _ => $"key {key.Fingerprint}",
    };
}
