using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Policy;
using Fairlead.Handlers;
using Fairlead.Tests.Asking;

namespace Fairlead.Tests.Handlers;

/// <summary>What commands are told of a question.</summary>
public sealed class QuestionReportsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly QuestionSubject Push = Subjects.Login with
    {
        Asker = Subjects.Login.Asker with { Errand = "git push" },
        KeyComment = "work",
        AskedBy = new BoundHost([4, 5, 6], IsProven: true),
    };

    [Fact]
    public void A_question_says_who_wants_which_key_for_what_by_which_rule_and_until_when()
    {
        QuestionReport report = QuestionReports.Of(Ask(Push));

        Assert.Equal((7, 12, "under = \"claude\"", "claude", "git push"), (report.Number, report.Line, report.When, report.Below, report.Errand));
        Assert.Equal((Now, Now.AddSeconds(90), "30m"), (report.Since, report.Until, report.Remembers));
        Assert.Equal(("sign", "asked", 4711, "ssh"), (report.Request.Request, report.Request.Outcome, report.Request.Caller?.Pid, report.Request.Caller?.Command));
        Assert.Equal(("work", "git", true, true), (report.Request.Key?.Comment, report.Request.Signature?.User, report.Request.Host?.Proven, report.Request.AskedBy is not null));
    }

    /// <summary>The person is told how long a yes would hold before they give it.</summary>
    [Fact]
    public void A_yes_that_would_not_be_remembered_is_not_said_to_be()
    {
        Assert.Null(QuestionReports.Of(Ask(Push with { Rule = Subjects.Rule with { Ask = AskChoice.EachTime } })).Remembers);
        Assert.Null(QuestionReports.Of(Ask(Push with { Host = Subjects.Server with { IsProven = false } })).Remembers);
    }

    [Fact]
    public void What_was_allowed_and_what_was_refused_say_where_and_until_when()
    {
        GrantReport allowed = QuestionReports.Of(new Grant(Push.Terms!, Push, new Answerer("pts/3", null), Now, Now.AddMinutes(30), 0));
        Question question = Ask(Push);
        question.End(new Ruling(Verdict.No, "pts/4"));
        RefusedQuestionReport refused = QuestionReports.OfRefused(question);

        Assert.Equal(("pts/3", Now.AddMinutes(30), Now), (allowed.Place, allowed.Until, allowed.Question.Since));
        Assert.Equal((new VerdictReport { Verdict = "no", Place = "pts/4" }, 7), (refused.Verdict, refused.Question.Number));
    }

    private static Question Ask(QuestionSubject subject) => new(7, subject, Now, Now.AddSeconds(90));
}
