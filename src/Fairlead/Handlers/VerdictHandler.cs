using Fairlead.Asking;
using Fairlead.Core.Asking;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Takes the person's answer from the process that shows them the question.</summary>
internal sealed class VerdictHandler(AskingDesk desk, AnswererCheck check, ShownQuestions shown) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Verdict;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        if (request is not { Question: int number, Allow: bool isYes } || shown.Find(number, client.Peer.Pid) is not ShownQuestion place)
        {
            return new ControlReply { Error = "this question does not wait for an answer here" };
        }

        // A connection from before could have been made by another program, which has become ours since (execve(2)).
        if (client.Since < place.Began || !AnswererCheck.IsOurs(client.Peer.Pid))
        {
            return new ControlReply { Error = "an answer comes from the program that shows the question" };
        }

        if (isYes && !await check.HasTypedAsync(client.Peer.Pid, place.Question, place.Since))
        {
            return new ControlReply { Error = "nobody has typed here since the question was shown" };
        }

        desk.Answer(place.Question, isYes, place.Answerer);
        return new ControlReply { Verdict = EventReports.VerdictOf(place.Question.Ruling!) };
    }
}
