using Fairlead.Core.Linux.Loop;
using Fairlead.Output;
using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>
/// All hosts, some at a time. First without a question to anybody; those that need the person (a password, a host key) come after that, one by one,
/// because a terminal can hold one such question.
/// </summary>
/// <param name="personIsThere">Whether ssh can ask anybody.</param>
internal sealed class DeployRun(EventLoop loop, DeployRequest request, ProgramFiles programs, IDeployProgress progress, bool personIsThere)
{
    /// <summary>Connections through one jump host: sshd drops some of more than ten that have not logged in yet (MaxStartups 10:30:100).</summary>
    private const int MaxThroughOne = 4;

    private const int MaxAttempts = 6;

    /// <summary>Before the second attempt; twice as long before each one after that.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private readonly List<HostJob> waiting = [];
    private readonly List<HostJob> running = [];
    private readonly List<HostJob> forPerson = [];
    private readonly List<DeployedHost?> reports = [];
    private readonly Dictionary<HostJob, LoopTimer> pausing = [];
    private bool asks;
    private int stops;

    /// <returns>A report for each host, in their order.</returns>
    public IReadOnlyList<DeployedHost> Run(IReadOnlyList<string> hosts)
    {
        waiting.AddRange(hosts.Select((host, position) => new HostJob(host, position)));
        reports.AddRange(hosts.Select(_ => (DeployedHost?)null));
        loop.Post(Continue);
        loop.Run();
        return [.. reports.OfType<DeployedHost>()];
    }

    /// <summary>Lets none begin, and none go on that has not got the program whole; the second call ends these, too. On the loop's thread.</summary>
    public void Stop()
    {
        stops++;
        foreach (HostJob job in running)
        {
            job.Session?.Stop(evenIfCommitted: stops > 1);
        }

        foreach (HostJob job in waiting.Concat(forPerson).Concat(pausing.Keys).ToArray())
        {
            Finish(job, new DeployedHost { Host = job.Name, State = HostState.Failed, Fault = HostFault.Stopped });
        }

        foreach (LoopTimer pause in pausing.Values)
        {
            pause.Dispose();
        }

        waiting.Clear();
        forPerson.Clear();
        pausing.Clear();
        string[] committed = [.. running.Where(job => job.Session is { IsCommitted: true }).Select(job => job.Name)];
        if (stops == 1 && committed.Length > 0)
        {
            progress.Await(committed);
        }

        Continue();
    }

    private int Slots => asks ? 1 : request.Jobs;

    private void Continue()
    {
        while (running.Count < Slots && waiting.Find(CanGo) is { } job)
        {
            waiting.Remove(job);
            running.Add(job);
            loop.Observe(GoAsync(job).AsTask());
        }

        if (running.Count > 0 || waiting.Count > 0 || pausing.Count > 0)
        {
            return;
        }

        if (forPerson.Count == 0)
        {
            loop.Stop();
            return;
        }

        asks = true;
        waiting.AddRange(forPerson.OrderBy(job => job.Position));
        forPerson.Clear();
        Continue();
    }

    /// <summary>Which way leads to a host is known once ssh was asked.</summary>
    private bool CanGo(HostJob job) =>
        job.Settings?.Jump is not { } jump || running.Count(other => other.IsConnected && other.Settings?.Jump == jump) < MaxThroughOne;

    private async ValueTask GoAsync(HostJob job)
    {
        job.Session = new HostSession(loop, request, programs, progress, job.Name);
        if (job.Settings is null)
        {
            (job.Settings, DeployedHost refused) = await job.Session.AskSettingsAsync();
            if (job.Settings is null || !CanGo(job))
            {
                running.Remove(job);
                Conclude(job, job.Settings is null ? refused : null);
                return;
            }
        }

        job.IsConnected = true;
        job.Attempts++;
        if (asks)
        {
            progress.Ask(job.Name);
        }

        DeployedHost report = await job.Session.RunAsync(job.Settings, asks, asks ? TellPerson : null);
        job.IsConnected = false;
        running.Remove(job);
        Conclude(job, report);
    }

    private static void TellPerson(string said) =>
        _ = Core.Linux.Terminals.StandardStream.Write(Core.Linux.Terminals.StandardStream.Error, PlainText.OfPage(said));

    /// <param name="report">Null when the host is to wait for another one.</param>
    private void Conclude(HostJob job, DeployedHost? report)
    {
        if (stops > 0)
        {
            Finish(job, report ?? new DeployedHost { Host = job.Name, State = HostState.Failed, Fault = HostFault.Stopped });
        }
        else if (report is null)
        {
            waiting.Add(job);
        }
        else if (report.Fault == HostFault.TurnedAway && job.Attempts < MaxAttempts)
        {
            Pause(job);
        }
        else if (report.Fault is HostFault.Denied or HostFault.HostKeyUnknown && personIsThere && !asks)
        {
            forPerson.Add(job);
        }
        else
        {
            Finish(job, report);
        }

        Continue();
    }

    /// <summary>Those that were turned away together must not come back together.</summary>
    private void Pause(HostJob job)
    {
        progress.Tell(job.Name, HostStage.Waiting);
        TimeSpan pause = FirstPause * Math.Pow(2, job.Attempts - 1) * (0.5 + Random.Shared.NextDouble());
        pausing[job] = loop.Schedule(pause, () =>
        {
            pausing.Remove(job);
            Conclude(job, null);
        });
    }

    private void Finish(HostJob job, DeployedHost report)
    {
        reports[job.Position] = report;
        progress.Finish(report);
    }
}
