using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>One connection to one host: it says what is there, is told what to do, gets the program if it needs it, and says how it went.</summary>
internal sealed class HostSession(EventLoop loop, DeployRequest request, ProgramFiles programs, IDeployProgress progress, string host)
{
    /// <summary>What ssh ends with when it is ssh that failed, and not the command (ssh(1), EXIT STATUS).</summary>
    private const int FailureOfSsh = 255;

    /// <summary>For ssh to end in, once nothing more is said.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    /// <summary>After that, ssh may be waiting for a touch. It asks for one where nobody sees it: its standard error is read here.</summary>
    private static readonly TimeSpan TouchDelay = TimeSpan.FromSeconds(3);

    private readonly string mark = RandomName.Create();
    private SshProcess? ssh;
    private LoopTimer? limit;
    private LoopTimer? touch;
    private bool isLate;
    private bool isStopped;
    private bool isSent;

    /// <summary>The host has all that it needs: it goes on to the end, whatever becomes of the connection.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>Ends it, unless it is committed; then the next call does.</summary>
    public void Stop(bool evenIfCommitted)
    {
        if (!IsCommitted || evenIfCommitted)
        {
            isStopped = true;
            ssh?.Stop();
        }
    }

    /// <summary>What ssh knows of the host, without connecting.</summary>
    /// <returns>Null when ssh refuses its own configuration; then the report says so.</returns>
    public async ValueTask<(SshSettings? Settings, DeployedHost Report)> AskSettingsAsync()
    {
        (string output, SshProcess? asked, int result) = await AskAsync(SshSettings.Question(request, host));
        return asked is { ExitStatus: 0 } && !isStopped
            ? (SshSettings.Parse(output), Failed(HostFault.NotReached))
            : (null, asked is null ? Failed(HostFault.NotReached, Errno.Describe(result)) : EndedEarly(asked, null));
    }

    /// <param name="mayAsk">ssh may ask the person, who is there.</param>
    public async ValueTask<DeployedHost> RunAsync(SshSettings settings, bool mayAsk, Action<string>? complained)
    {
        if (isStopped)
        {
            return Failed(HostFault.Stopped);
        }

        progress.Tell(host, HostStage.Connecting);
        ssh = SshProcess.Start(loop, settings.Arguments(request, host, mayAsk), !mayAsk, complained, out int result);
        if (ssh is null)
        {
            return Failed(HostFault.NotReached, Errno.Describe(result));
        }

        using (ssh)
        {
            // A person may take their time with a password; the server's own limit ends that.
            NoteProgress(!mayAsk);
            touch = loop.Schedule(TouchDelay, () => progress.Tell(host, HostStage.MaybeTouch));
            DeployedHost report = await ConverseAsync(ssh);
            ssh.EndInput();
            await EndAsync(ssh, report.Fault is null or not (HostFault.NoAnswer or HostFault.Endless));
            limit?.Dispose();
            touch.Dispose();
            return report;
        }
    }

    /// <summary>The script ends by itself. What ssh stays for after that (a program that an rc file has left behind holds its output) is not waited for.</summary>
    private async ValueTask EndAsync(SshProcess running, bool byItself)
    {
        if (!byItself)
        {
            running.Stop();
        }

        using LoopTimer stop = loop.Schedule(EndTimeout, running.Stop);
        await running.WaitForEndAsync();
    }

    private async ValueTask<(string Output, SshProcess? Asked, int Result)> AskAsync(string[] arguments)
    {
        ssh = SshProcess.Start(loop, arguments, ownSession: true, complained: null, out int result);
        if (ssh is null)
        {
            return ("", null, result);
        }

        using SshProcess asked = ssh;
        asked.EndInput();
        using LoopTimer late = loop.Schedule(request.Patience, asked.Stop);
        var output = new StringBuilder();
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await asked.ReadAsync(buffer)) > 0)
        {
            output.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        await asked.WaitForEndAsync();
        return (output.ToString(), asked, 0);
    }

    private async ValueTask<DeployedHost> ConverseAsync(SshProcess running)
    {
        var answers = new RemoteAnswers(running.ReadAsync, mark);
        await running.WriteAsync(Encoding.UTF8.GetBytes($"{RemoteScript.Line}\n{mark} {request.Prefix}\n"));
        var facts = new RemoteFacts();
        while (await answers.NextAsync() is { } answer)
        {
            NoteProgress();
            touch?.Dispose();
            facts = facts.With(answer.Word, answer.Text);
            if (answer.Word == "ready" || !facts.HasHome)
            {
                return await TellAsync(running, answers, DeployDecision.Of(host, facts, request, programs));
            }
        }

        running.EndInput();
        await EndAsync(running, byItself: true);
        return EndedEarly(running, answers);
    }

    private async ValueTask<DeployedHost> TellAsync(SshProcess running, RemoteAnswers answers, DeployDecision decision)
    {
        if (decision.Line is null)
        {
            return decision.Report;
        }

        loop.Observe(SendAsync(running, decision).AsTask());
        while (await answers.NextAsync() is { } answer)
        {
            NoteProgress();
            switch (answer.Word)
            {
                case "got" when decision.Payload is { } program && long.TryParse(answer.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long got):
                    NoteArrived(got, program);
                    break;
                case "fail":
                    return FailureOf(answer.Text, decision.Report);
                case "done":
                    return Done(answer.Text.Split(' ', 2), decision.Report);
                default:
                    break;
            }
        }

        return isStopped && !isSent ? Failed(HostFault.Stopped)
            : isLate ? NoAnswer()
            : answers.IsEndless ? Failed(HostFault.Endless)
            : Failed(isSent ? HostFault.LostAtTheEnd : HostFault.Lost, SshLine(running));
    }

    private async ValueTask SendAsync(SshProcess running, DeployDecision decision)
    {
        IsCommitted = decision.Payload is null;
        progress.Tell(host, decision.Payload is null ? HostStage.SettingUp : HostStage.Sending);
        bool isWhole = await running.WriteAsync(Encoding.UTF8.GetBytes(decision.Line + "\n"))
            && (decision.Payload is null || await running.WriteAsync(decision.Payload.Bytes, () => NoteProgress()));
        isSent = isWhole;
        if (isWhole)
        {
            running.EndInput();
        }
    }

    /// <summary>What ssh has taken may still be in its own buffers. Once all of it has arrived, the script goes on without us.</summary>
    private void NoteArrived(long got, ProgramFile program)
    {
        IsCommitted = got >= program.Bytes.Length;
        progress.Tell(host, IsCommitted ? HostStage.SettingUp : HostStage.Sending, (int)Math.Clamp(got * 100 / program.Bytes.Length, 0, 100));
    }

    /// <summary>From now on the host's time runs anew.</summary>
    private void NoteProgress(bool isLimited = true)
    {
        limit?.Dispose();
        limit = isLimited ? loop.Schedule(request.Patience, GiveUp) : null;
    }

    private void GiveUp()
    {
        isLate = true;
        ssh?.Stop();
    }

    /// <summary>ssh, or the login shell there, has ended before the script could answer.</summary>
    private DeployedHost EndedEarly(SshProcess running, RemoteAnswers? answers)
    {
        if (isStopped)
        {
            return Failed(HostFault.Stopped);
        }

        if (isLate)
        {
            return NoAnswer();
        }

        if (answers is { IsEndless: true })
        {
            return Failed(HostFault.Endless);
        }

        if (answers is { HasAnswered: true })
        {
            return Failed(HostFault.Lost, SshLine(running));
        }

        return running.ExitStatus == FailureOfSsh && running.Complaint.Length > 0
            ? Failed(SshComplaint.Meaning(running.Complaint), SshLine(running))
            : Failed(HostFault.NoScript, answers is { Said.Length: > 0 } ? answers.Said : SshLine(running));
    }

    private DeployedHost NoAnswer() => Failed(HostFault.NoAnswer, ((int)request.Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    private static string SshLine(SshProcess running) =>
        running.Complaint.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";

    private DeployedHost Failed(HostFault fault, string? detail = null) => new() { Host = host, State = HostState.Failed, Fault = fault, Detail = detail };

    private static DeployedHost FailureOf(string rest, DeployedHost report)
    {
        string[] words = rest.Split(' ', 2);
        HostFault fault = words[0] switch
        {
            "denied" => HostFault.NotWritable,
            "full" => HostFault.Full,
            "write" => HostFault.NotWritten,
            "cut" or "sum" => HostFault.Damaged,
            "digest" => HostFault.NoDigest,
            "run" => HostFault.DoesNotRun,
            "meanwhile" => HostFault.Meanwhile,
            "lock" => HostFault.Locked,
            "setup" => HostFault.SetupFailed,
            "restart" => HostFault.RestartFailed,
            "not-set-up" => HostFault.NotSetUp,
            "not-restarted" => HostFault.NotRestarted,
            "not-undone" => HostFault.NotUndone,
            _ => HostFault.NothingKept,
        };
        return report with { State = HostState.Failed, Fault = fault, Detail = words.Length > 1 ? words[1] : null };
    }

    /// <param name="words">Whether anything is, or would be, another than before, and the version that is there now.</param>
    private DeployedHost Done(string[] words, DeployedHost report)
    {
        string? number = words is [_, { Length: > 0 } said] ? said : null;
        return report with
        {
            State = report.State != HostState.Unchanged || words[0] != "changed" ? report.State
                : request.Task == DeployTask.Check ? HostState.WouldSetUp
                : HostState.SetUp,
            After = report.State == HostState.Removed ? null : number ?? report.After,
        };
    }
}
