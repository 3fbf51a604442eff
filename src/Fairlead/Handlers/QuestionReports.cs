using Fairlead.Core.Asking;
using Fairlead.Core.Control;
using Fairlead.Core.Options;
using Fairlead.Core.Watching;

namespace Fairlead.Handlers;

/// <summary>Turns questions to the person into the records that commands show. Pure.</summary>
internal static class QuestionReports
{
    public static QuestionReport Of(Question question) => Of(question.Subject, question.Number, question.Since, question.Until);

    public static GrantReport Of(Grant grant) => new()
    {
        Question = Of(grant.Subject, number: 0, grant.Since, grant.Until),
        Until = grant.Until,
        Place = grant.By.Place,
    };

    public static RefusedQuestionReport OfRefused(Question question) => new()
    {
        Question = Of(question),
        Verdict = EventReports.VerdictOf(question.Ruling!),
    };

    private static QuestionReport Of(QuestionSubject subject, int number, DateTimeOffset since, DateTimeOffset until) => new()
    {
        Number = number,
        Request = EventReports.Of(
            new RequestRecord(subject.Asker.Caller, "sign", RequestOutcome.Asked, since)
            {
                KeyBlob = subject.Key,
                KeyComment = subject.KeyComment,
                Host = subject.Host,
                AskedBy = subject.AskedBy,
                Signature = subject.Signature,
                Rule = subject.Rule,
            },
            known: []),
        Errand = subject.Asker.Errand,
        Below = subject.Rule.When.Under,
        Line = subject.Rule.Line,
        When = subject.Rule.When.ToString(),
        Remembers = subject.Terms is not null && subject.Rule.Ask?.Remembers is TimeSpan time ? DurationText.Of(time) : null,
        Since = since,
        Until = until,
    };
}
