using Fairlead.Commands;
using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Output.Overview;

namespace Fairlead.Tests.Output;

/// <summary>A reply of each kind in which nothing is absent, and how a person sees it.</summary>
internal static class SampleReports
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly AnswerReport Answer = new() { Agent = "203.0.113.7 (pts/3)", Reason = "own-login", Explanation = "it is its login's", Keys = 2 };

    private static readonly RefusedReport Refused = new() { Socket = "/tmp/ssh-aaaaaaaaaa/agent.1", Reason = "it is not yours", Code = "owner" };

    private static readonly KeyReport Key = new() { Type = "ssh-ed25519", Fingerprint = "SHA256:NszPT7EjtJGdoGvlIKHJOLbPsqEqdLVJCb8vBJ1kWvM", Comment = "al@laptop" };

    private static readonly EventReport Request = new()
    {
        Event = EventReport.RequestKind,
        Time = Now,
        Caller = new EventCallerReport { Pid = 99, Command = "ssh", Terminal = "pts/3", Multiplexer = "tmux", Pane = "%3", Above = ["git"], Folder = "/home/al", Destination = "web01" },
        Request = "sign",
        Outcome = "signed",
        Milliseconds = 12,
        Agent = "203.0.113.7 (pts/3)",
        Socket = "/tmp/ssh-a/agent.1",
        Reason = "own-login",
        Key = Key,
        Keys = 2,
        Host = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:abc", Name = "web01", Proven = true },
        Signature = new SignatureReport { User = "git", Namespace = "git" },
        Rule = 12,
        Verdict = new VerdictReport { Verdict = "yes", Place = "pts/3", Earlier = true },
        AskedBy = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:def", Name = "web02", Proven = true },
        Count = 3,
    };

    private static readonly QuestionReport Question = new()
    {
        Number = 7,
        Request = Request,
        Errand = "git push",
        Below = "claude",
        Line = 12,
        When = "under = \"claude\"",
        Remembers = "30m",
        Since = Now.AddSeconds(-9),
        Until = Now.AddSeconds(81),
    };

    private static readonly VerdictReport Verdict = new() { Verdict = "no", Place = "tmux client pts/3", Earlier = false };

    public static readonly IReadOnlyList<ControlReply> Replies =
    [
        new ControlReply
        {
            Status = new StatusReport
            {
                Socket = "/home/al/.ssh/fairlead/gateway.sock",
                DaemonPid = 311,
                DaemonVersion = "0.1.0",
                Started = Now.AddDays(-3),
                Conversations = 1,
                Here = Answer,
                Denied = "denied by a rule (line 12)",
                Pinned = new PinReport { Agent = "keychain", Laptop = "home", Address = "203.0.113.7", Socket = "/run/keychain", State = "stalled" },
                Agents =
                [
                    new AgentReport { Name = "203.0.113.7 (pts/3)", Socket = "/tmp/ssh-a/agent.1", Source = "forwarded", State = "live", LoginPid = 4242, Owner = "al on pts/3", Laptop = "home", Keys = 2, Comment = "al@home" },
                    new AgentReport { Name = "keychain", Socket = "/run/keychain", Source = "local", State = "busy" },
                ],
                Logins =
                [
                    new LoginReport
                    {
                        Pid = 4242, User = "al", From = "203.0.113.7", Agent = "203.0.113.7 (pts/3)", Laptop = "home",
                        Terminals = [new TerminalReport { Device = "pts/3", LastTyped = Now.AddSeconds(-12) }],
                    },
                ],
                Refused = [Refused],
                Troubles = [new TroubleReport { What = "the list of old paths cannot be written", Why = "a kill -9 loses them", Hint = "df ~" }],
                Healed = [new HealedReport { Socket = "/tmp/ssh-b/agent.2", Since = Now.AddHours(-1), NamedBy = 77, NamedByCommand = "bash" }],
                Waiting = [new WaitingReport { Pid = 88, Command = "ssh", Since = Now.AddMinutes(-1), Until = Now.AddMinutes(1) }],
                Questions = [Question],
                Allowed = [new GrantReport { Question = Question, Until = Now.AddMinutes(30), Place = "pts/3" }],
            },
        },
        new ControlReply { List = new ListReport { Agents = [new AgentKeysReport { Agent = "203.0.113.7 (pts/3)", Laptop = "home", Answered = true, Keys = [Key, Key] }] } },
        new ControlReply
        {
            Why = new WhyReport
            {
                Caller = new CallerReport
                {
                    Pid = 99, Command = "ssh", Subject = "this shell", LoginPid = 4242, Multiplexer = "tmux", Sessions = ["main"], MultiplexerPid = 66, From = "203.0.113.7",
                    Attachments = [new AttachmentReport { Terminal = "pts/3", From = "203.0.113.7", LoginPid = 4242, LastTyped = Now, ShowsWindow = true, ReadOnly = false }],
                    Unread = ["environment"],
                },
                Rules = [new RuleReport { Rule = "own-login", Matched = true, Decided = true, Explanation = "it belongs to it", Agents = ["203.0.113.7 (pts/3)"] }],
                Route =
                [
                    new RouteStepReport { Agent = "keychain", Socket = "/run/keychain", Reason = "local", Explanation = "it is listed", State = "busy", FromElsewhere = true },
                ],
                Answer = Answer,
                Denied = "denied by a rule (line 12)",
                OldPath = "/tmp/ssh-b/agent.2",
                Policy = [new PolicyReport { About = PolicyReport.Ask, Line = 12, When = "under = \"claude\"", Assumed = false, Explanation = "you are asked" }],
                Unanswered = [new RefusedQuestionReport { Question = Question, Verdict = Verdict }],
                Refused = [Refused],
            },
        },
        new ControlReply
        {
            Event = Request,
        },
        new ControlReply { Question = Question },
        new ControlReply { Verdict = Verdict },
        new ControlReply { Forgotten = new ForgottenReport { Forgotten = 2 } },
    ];

    /// <summary>All views of a reply together, as wide as a terminal is and as a pipe.</summary>
    public static string Render(ControlReply reply) => string.Join('\n', new[] { 40, 80, 500 }.Select(width => Render(reply, new OutputStyle(Colour: true, width))));

    private static string Render(ControlReply reply, OutputStyle style) => reply switch
    {
        { Status: { } status } => StatusView.Render(status, Now, style)
            + StatusView.Render(status with { Here = null }, Now, style)
            + StatusView.Render(status with { Here = null, Denied = null }, Now, style)
            + Watch(new WatchState(status, []), style)
            + string.Concat(CompletionValues.Agents(status).Select(value => PlainText.Of(value.Value) + PlainText.Of(value.Meaning))),
        { List: { } list } => ListView.Render(list, style),
        { Why: { } why } => WhyView.Render(why, style, Now) + WhyView.Render(why with { Answer = null }, style, Now),
        { Event: { } request } => EventLine.Of(request, TimeZoneInfo.Utc) + Watch(new WatchState(null, [request]), style),
        { Question: { } question } => QuestionSentence.Of(question) + QuestionSentence.Choice(question, "47"),
        { Verdict: { } verdict } => QuestionSentence.Of(verdict),
        { Error: { } error } => new Failure(ExitCode.Failed, error, error).ToString(),
        _ => "",
    };

    private static string Watch(WatchState state, OutputStyle style) => string.Join('\n', WatchView.Render(state, Now, TimeZoneInfo.Utc, style, 60)) + "\n";
}
