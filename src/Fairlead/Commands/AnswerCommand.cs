using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Live;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead answer</c>: a rule has the person asked before a signature, and here they answer.</summary>
internal static class AnswerCommand
{
    public static Command Create()
    {
        var number = new Argument<int?>("number") { HelpName = "NUMBER", Arity = ArgumentArity.ZeroOrOne, Description = "the question's number in 'fairlead status'" };
        var command = new DocumentedCommand(
            "answer",
            "allow or refuse a signature that a rule asks about",
            new Example("fairlead answer", "each question that waits, the oldest first"),
            new Example("fairlead answer 3", "that one"))
        {
            Notes =
            [
                "fairlead runs it by itself, on the terminal of the program that asks or in a",
                "popup of tmux. Run it where a message told you of a question. Type the two",
                "digits that it shows to allow the signature, Esc to refuse it; Ctrl-C leaves",
                "the question open. Programs that a rule restricts cannot answer.",
            ],
        };
        command.Add(number);
        command.SetAction(parse => Run(parse.GetValue(number), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(int? number, TextWriter output, TextWriter error)
    {
        if (TerminalSize.Columns(StandardStream.Input) is null || TerminalSize.Columns(StandardStream.Output) is null)
        {
            return new Failure(ExitCode.Failed, "an answer needs a terminal", "fairlead status").WriteTo(error);
        }

        var context = CommandContext.Read();
        for (int shown = 0; ; shown++)
        {
            (ControlClient? client, Failure? failure) = context.Connect(mayStart: false);
            using (client)
            {
                if (client is null)
                {
                    return failure!.WriteTo(error);
                }

                if (client.TryAsk(new ControlRequest { Verb = ControlVerb.Question, Question = number }, out ControlReply? reply) != ControlOutcome.Answered)
                {
                    return DaemonFailure.OtherVersion(client.AskBuild()).WriteTo(error);
                }

                if (reply!.Error is { } refused)
                {
                    return DaemonFailure.Of(refused).WriteTo(error);
                }

                if (reply.Question is not { } question)
                {
                    output.Write(shown > 0 ? "" : number is null ? "no question waits for your answer\n" : $"question {number} does not wait any more\n");
                    return number is null ? ExitCode.Done : ExitCode.Failed;
                }

                client.Expect(null);
                if (new QuestionDialog(context, client, question, OutputStyle.For(output)).Run(out bool isAnswered) is { } problem)
                {
                    return problem.WriteTo(error);
                }

                if (number is not null)
                {
                    return isAnswered ? ExitCode.Done : ExitCode.Failed;
                }
            }
        }
    }
}
