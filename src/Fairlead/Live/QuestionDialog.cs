using System.Globalization;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;
using Fairlead.Ssh;

namespace Fairlead.Live;

/// <summary>Shows one question on a terminal, until the person answers or the question ends otherwise.</summary>
/// <param name="context">Where the daemon is.</param>
/// <param name="client">The connection on which the question came, and on which its end comes.</param>
/// <param name="style">Of the terminal.</param>
internal sealed class QuestionDialog(CommandContext context, ControlClient client, QuestionReport question, OutputStyle style)
{
    private const string ClearLine = "\r\e[K";
    private const byte Escape = 0x1b;

    /// <summary>A terminal sends the bytes of one key together; a slow line may part them.</summary>
    private static readonly TimeSpan RestOfKey = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    /// <summary>Between two looks at whether a program whose terminal this is still has it.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>The terminal belongs to the program that asks: this process has none of its own.</summary>
    private readonly bool isGuest = ProcessStat.TryRead(CurrentProcess.Pid, out ProcessStat own) && !own.HasTerminal;

    /// <returns>Null when the person has answered, or the question has ended otherwise; else what went wrong.</returns>
    public Failure? Run(out bool isAnswered)
    {
        isAnswered = false;
        using TerminalMode? mode = TerminalMode.TryEnter(StandardStream.Input, isGuest: true);
        using var wake = new WakeUp();
        var keys = new AnswerKeys(TimeProvider.System, DrawDigits);
        Say($"{(isGuest ? "\r\n" : "")}{Sentence()}");
        while (true)
        {
            if (keys.Look())
            {
                Say($"{ClearLine}{QuestionSentence.Choice(question, keys.Digits!)} ");
            }

            if (isGuest && !IsAskerThere())
            {
                return new Failure(ExitCode.Failed, "the program that asks is not in the foreground any more", "fairlead answer");
            }

            TimeSpan limit = keys.Left ?? Forever;
            (bool hasKey, bool hasNews) = wake.Wait(StandardStream.Input, client.Descriptor, isGuest && limit > LookAgain ? LookAgain : limit);
            if (hasNews || client.HasMore)
            {
                return Hear();
            }

            if (!hasKey)
            {
                continue;
            }

            if (ReadKeys(wake) is not { Length: > 0 } pressed)
            {
                return new Failure(ExitCode.Failed, "the terminal has gone, and nothing was answered", "fairlead answer");
            }

            bool wasShown = keys.Digits is not null;
            if (keys.Take(pressed) is bool isYes)
            {
                isAnswered = true;
                mode?.Dispose(); // before anybody else goes on, who would take ours for the usual one
                return Send(isYes);
            }

            if (wasShown && keys.Digits is null)
            {
                Say($"{ClearLine}Stop typing for a moment ");
            }
        }
    }

    /// <summary>Not of RandomNumberGenerator, which loads OpenSSL: in a static executable that destroys the memory of the thread.</summary>
    private static string DrawDigits() => Random.Shared.Next(10, 100).ToString(CultureInfo.InvariantCulture);

    /// <summary>After Ctrl-Z the terminal is the shell's.</summary>
    private bool IsAskerThere() =>
        ProcessStat.TryRead(question.Request.Caller?.Pid ?? 0, out ProcessStat asker) && asker is { IsStopped: false } && asker.Group == asker.ForegroundGroup;

    private static void Say(string text) => _ = StandardStream.Write(StandardStream.Output, text);

    /// <summary>The program whose terminal this is may have it in a mode in which a new line does not begin at the left.</summary>
    private string Sentence()
    {
        var hosts = new HostNames(context.Around);
        return new Page(style).Prose($"{QuestionSentence.Of(hosts.Complete(question))}.").ToString().ReplaceLineEndings("\r\n");
    }

    private static byte[]? ReadKeys(WakeUp wake)
    {
        Span<byte> keys = stackalloc byte[64];
        int count = Descriptor.ReadOnce(StandardStream.Input, keys);
        if (count == 1 && keys[0] == Escape && wake.Wait(StandardStream.Input, -1, RestOfKey).First)
        {
            count += Math.Max(0, Descriptor.ReadOnce(StandardStream.Input, keys[1..]));
        }

        return count > 0 ? keys[..count].ToArray() : null;
    }

    /// <summary>The question has ended without an answer from here.</summary>
    private Failure? Hear()
    {
        if (client.TryHear(out ControlReply? reply) != ControlOutcome.Answered || reply?.Verdict is not { } verdict)
        {
            return new Failure(ExitCode.Failed, "the daemon has ended, and nothing was answered", "fairlead status");
        }

        string place = verdict.Place is { } where ? $" at {where}" : "";
        Say($"{ClearLine}{PlainText.Of(QuestionSentence.Of(verdict) + place)}\r\n");
        return null;
    }

    private Failure? Send(bool isYes)
    {
        (ControlClient? sender, Failure? failure) = context.Connect(mayStart: false);
        using (sender)
        {
            if (sender is null)
            {
                return failure;
            }

            var answer = new ControlRequest { Verb = ControlVerb.Verdict, Question = question.Number, Allow = isYes };
            if (sender.TryAsk(answer, out ControlReply? reply) != ControlOutcome.Answered || reply?.Error is not null)
            {
                Say("\r\n");
                return DaemonFailure.Of(reply?.Error ?? "the daemon did not take the answer");
            }

            VerdictReport verdict = reply!.Verdict!;
            string time = verdict.Verdict == "yes" && question.Remembers is { } remembered ? $" for {remembered}" : "";
            Say($"{ClearLine}{QuestionSentence.Of(verdict)}{time}\r\n");
            return null;
        }
    }
}
