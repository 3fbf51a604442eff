using Fairlead.Core.Linux.Loop;
using Fairlead.Handlers;

namespace Fairlead.Daemon;

/// <summary>
/// Looks around after commands: a login's <c>init</c> has run, an agent was pinned, a question was answered. Nothing reports a login without
/// an agent, so its <c>init</c>, which connects and asks nothing, is the only sign of it. Belongs to the loop.
/// </summary>
/// <remarks>
/// To look around reads all processes of the machine. A command that only asks for a report is no sign of a login, and <c>status</c> has
/// read all processes itself.
/// </remarks>
/// <param name="lookAround">Looks for logins and multiplexers.</param>
/// <param name="lookAtMultiplexers">The part of it that reads no processes.</param>
internal sealed class LookingAround(EventLoop loop, Action lookAround, Action lookAtMultiplexers)
{
    /// <summary>One command connects several times: <c>status</c> then also asks which daemons are there.</summary>
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(1);

    private readonly LoopPace pace = new(loop, TimeSpan.FromMilliseconds(100)); // for thousands of commands in a second
    private readonly LoopPace brief = new(loop, TimeSpan.FromMilliseconds(100));
    private bool hasLooked;
    private (int Pid, long At) asked;

    /// <summary>A command has been served.</summary>
    public void Note(ServedClient client)
    {
        if (hasLooked && IsReport(client))
        {
            Do(lookAtMultiplexers, brief);
        }
        else
        {
            Do(lookAround, pace);
        }

        hasLooked = true; // the logins that began before the daemon are found after the first command, even if that is a report
        if (client.Asked == ClientRequests.Reports)
        {
            asked = (client.Pid, loop.Time.GetTimestamp());
        }
    }

    private bool IsReport(ServedClient client) =>
        client.Asked == ClientRequests.Reports
        || (client.Asked == ClientRequests.None && client.Pid > 0 && client.Pid == asked.Pid && loop.Time.GetElapsedTime(asked.At) < CommandTime);

    private static void Do(Action action, LoopPace pace)
    {
        if (pace.IsDue(action))
        {
            action();
        }
    }
}
