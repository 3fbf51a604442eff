using Fairlead.Asking;
using Fairlead.Core.Asking;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Gives <c>fairlead answer</c> a question to show, and says when it has ended.</summary>
internal sealed class QuestionHandler(AskingDesk desk, AnswererCheck check, ShownQuestions shown) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Question;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        Question[] wanted = request.Question is int number ? desk.Find(number) is Question named ? [named] : [] : [.. desk.Waiting];
        string? objection = null;
        foreach (Question question in wanted)
        {
            (Answerer? answerer, objection) = await check.ExamineAsync(client.Peer.Pid, question);
            if (answerer is not null)
            {
                return await ShowAsync(question, client, answerer);
            }
        }

        return new ControlReply { Error = objection };
    }

    private async ValueTask<ControlReply?> ShowAsync(Question question, UnixStream client, Answerer answerer)
    {
        if (question.Ruling is null)
        {
            using ShownQuestion place = shown.Begin(question, client.Peer.Pid, answerer, desk.Loop.Time.GetTimestamp(), desk.Loop.Time.GetUtcNow());
            if (await client.SendAsync(ControlLine.Of(new ControlReply { Question = QuestionReports.Of(question) })) < 0)
            {
                return null;
            }

            var ended = new LoopSignal();
            client.HungUp = () => ended.Raise(Wake.Closed);
            if (question.Subscribe(ended))
            {
                await ended.WaitAsync();
            }
        }

        return question.Ruling is Ruling ruling ? new ControlReply { Verdict = EventReports.VerdictOf(ruling) } : null;
    }
}
