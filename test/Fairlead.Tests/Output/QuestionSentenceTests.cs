using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

/// <summary>What a person is asked before a signature.</summary>
public sealed class QuestionSentenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly EventReport Login = new()
    {
        Event = EventReport.RequestKind,
        Time = Now,
        Request = "sign",
        Outcome = "asked",
        Caller = new EventCallerReport { Pid = 4711, Command = "ssh", Terminal = "pts/5" },
        Key = new KeyReport { Type = "ssh-ed25519", Fingerprint = "SHA256:abc", Comment = "work" },
        Host = new HostReport { Type = "ssh-ed25519", Fingerprint = "SHA256:host", Name = "github.com", Proven = true },
        Signature = new SignatureReport { User = "git" },
    };

    internal static QuestionReport GitPush { get; } =
        Of(Login with { Caller = Login.Caller! with { Multiplexer = "tmux", Pane = "%3" } }) with { Errand = "git push", Below = "/home/al/bin/claude", Remembers = "30m" };

    [Fact]
    public void A_login_names_the_program_the_key_the_user_and_the_server() =>
        Assert.Equal("ssh (4711), pts/5, wants key work for git@github.com", Say(Login));

    [Fact]
    public void The_errand_the_program_of_the_rule_and_the_pane_are_named() => Assert.Equal(
        "git push (ssh 4711) below claude, tmux %3, wants key work for git@github.com",
        QuestionSentence.Of(GitPush));

    [Fact]
    public void Without_a_terminal_and_a_comment_it_is_shorter() => Assert.Equal(
        "ssh (4711) wants key SHA256:abc for git@github.com",
        Say(Login with { Caller = Login.Caller! with { Terminal = null }, Key = Login.Key! with { Comment = "" } }));

    [Fact]
    public void A_server_that_is_not_proven_has_no_name() => Assert.Equal(
        "ssh (4711), pts/5, wants key work for git@SHA256:host (not proven)",
        Say(Login with { Host = Login.Host! with { Proven = false } }));

    [Fact]
    public void A_login_of_which_no_server_is_known_says_so() =>
        Assert.Equal("ssh (4711), pts/5, wants key work for git on an unknown server", Say(Login with { Host = null }));

    [Fact]
    public void A_host_that_asks_through_an_ssh_of_ours_is_named_first() => Assert.Equal(
        "web02, through ssh (4711), pts/5, wants key work for git@github.com",
        Say(Login with { AskedBy = Login.Host! with { Name = "web02" } }));

    [Fact]
    public void Any_other_signature_names_what_it_is_for() => Assert.Equal(
        "ssh-keygen (4711), pts/5, wants key work for a signature (git)",
        Say(Login with { Caller = Login.Caller! with { Command = "ssh-keygen" }, Host = null, Signature = new SignatureReport { Namespace = "git" } }));

    [Fact]
    public void Of_a_caller_in_a_container_nothing_is_claimed()
    {
        Assert.Equal("a process in another container wants key work for git@github.com", Say(Login with { Caller = new EventCallerReport { Pid = 0, Command = "ssh" } }));
        Assert.Equal("process (4711) wants a key for git@github.com", Say(Login with { Caller = new EventCallerReport { Pid = 4711 }, Key = null }));
    }

    /// <summary>All of these are chosen by the program that asks, or by whoever wrote the key.</summary>
    [Theory]
    [InlineData("comment", "work for git@github.com")]
    [InlineData("comment", "work, refused")]
    [InlineData("comment", "a\" for \"b")]
    [InlineData("command", "git push (ssh 1)")]
    [InlineData("command", "ssh (1), pts/1,")]
    [InlineData("namespace", "git) for git@github.com (")]
    [InlineData("user", "al@web01 (on github.com")]
    [InlineData("pane", "%3, wants key play for")]
    public void A_name_that_looks_like_the_sentence_stands_in_quotation_marks(string what, string name)
    {
        EventReport named = what switch
        {
            "comment" => Login with { Key = Login.Key! with { Comment = name } },
            "command" => Login with { Caller = Login.Caller! with { Command = name } },
            "namespace" => Login with { Host = null, Signature = new SignatureReport { Namespace = name } },
            "user" => Login with { Signature = new SignatureReport { User = name } },
            _ => Login with { Caller = Login.Caller! with { Multiplexer = "tmux", Pane = name } },
        };

        string sentence = Say(named);

        Assert.Contains($"\"{name.Replace('"', '\'')}\"", sentence, StringComparison.Ordinal);
        Assert.Equal(2, sentence.Count(letter => letter == '"'));
    }

    [Fact]
    public void Nothing_in_a_name_steers_the_terminal() =>
        Assert.Equal("ssh (4711), pts/5, wants key \"\ufffd[2Jx\ufffdy\" for git@github.com", Say(Login with { Key = Login.Key! with { Comment = "\e[2Jx\ny" } }));

    [Theory]
    [InlineData("30m", "Type 47 to allow this for 30m, Esc to refuse")]
    [InlineData(null, "Type 47 to allow it once, Esc to refuse")]
    public void How_long_a_yes_holds_is_said_before_it(string? time, string choice) =>
        Assert.Equal(choice, QuestionSentence.Choice(Of(Login) with { Remembers = time }, "47"));

    [Theory]
    [InlineData("no", "refused by you")]
    [InlineData("no-answer", "no answer in time")]
    [InlineData("nobody", "nobody there to ask")]
    [InlineData("too-many", "other questions wait already")]
    [InlineData("restarted", "the daemon was restarted")]
    [InlineData("of-a-later-daemon", "of-a-later-daemon")]
    public void What_became_of_it_is_told_with_its_rule(string verdict, string words) => Assert.Equal(
        $"ssh (4711), pts/5, wants key work for git@github.com: {words}, 2 min ago (line 12: under = \"claude\")",
        QuestionSentence.Of(new RefusedQuestionReport { Question = Of(Login), Verdict = new VerdictReport { Verdict = verdict } }, Now.AddMinutes(2)));

    private static string Say(EventReport request) => QuestionSentence.Of(Of(request));

    private static QuestionReport Of(EventReport request) =>
        new() { Number = 1, Request = request, Line = 12, When = "under = \"claude\"", Since = Now, Until = Now.AddSeconds(90) };
}
