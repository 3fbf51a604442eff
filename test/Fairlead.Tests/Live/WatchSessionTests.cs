using System.Net.Sockets;
using System.Text;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Live;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Tests.Live;

/// <summary>With a daemon that says what the test wants.</summary>
public sealed class WatchSessionTests : IDisposable
{
    private const string Event = "{\"event\":{\"event\":\"missed\",\"time\":\"2026-01-01T00:00:00Z\",\"count\":3}}\n";
    private const string Status =
        "{\"status\":{\"socket\":\"/s\",\"daemonPid\":1,\"daemonVersion\":\"0.1.0\",\"started\":\"2026-01-01T00:00:00Z\",\"conversations\":0,\"agents\":[],\"logins\":[],\"refused\":[]}}\n";

    private readonly TempFolder folder = new();
    private readonly CommandContext context;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public WatchSessionTests()
    {
        context = new CommandContext(new Surroundings
        {
            Uid = CurrentProcess.Uid,
            Home = folder.Make("home"),
            HostName = "gateway",
            TemporaryFolder = folder.Make("tmp"),
        });
        DaemonLocation location = context.FindLocation().Location!;
        Assert.True(location.State.Prepare().IsUsable);
        listener.Bind(new UnixDomainSocketEndPoint(location.State.Control));
        listener.Listen();
    }

    /// <summary>No descriptor says that the second line of one packet is there.</summary>
    [Fact]
    public async Task An_event_that_came_together_with_the_first_answer_is_heard_at_once()
    {
        Task<Socket> events = AnswerNext("{}\n" + Event);
        using WatchSession session = Begin();
        using Socket daemon = await events;
        using var wake = new WakeUp();

        Assert.Equal((false, true), session.Wait(wake, -1, Deadline.Length));
        Assert.Equal(3, Assert.Single(session.Hear()).Count);
        Assert.Equal((false, false), session.Wait(wake, -1, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_connection_for_questions_that_the_daemon_ended_is_opened_again()
    {
        Task<Socket> events = AnswerNext("{}\n");
        using WatchSession session = Begin();
        using Socket daemon = await events;
        Task<Socket> first = AnswerNext(Status);
        Assert.NotNull(session.Ask().Reply?.Status);
        (await first).Dispose();
        Task<Socket> second = AnswerNext(Status);

        Assert.NotNull(session.Ask().Reply?.Status);
        (await second).Dispose();
    }

    [Fact]
    public async Task Why_the_daemon_gives_no_status_is_said()
    {
        Task<Socket> events = AnswerNext("{}\n" + Event);
        using WatchSession session = Begin();
        using Socket daemon = await events;
        session.Hear();
        Assert.True(session.HasHeard);
        Task<Socket> refused = AnswerNext("{\"error\":\"too many clients\"}\n");

        DaemonAnswer answer = session.Ask();

        Assert.Equal((null, "too many clients"), (answer.Reply, answer.Failure?.Message));
        Assert.False(session.HasHeard);
        (await refused).Dispose();
    }

    public void Dispose()
    {
        listener.Dispose();
        folder.Dispose();
    }

    private WatchSession Begin()
    {
        (WatchSession? session, Failure? failure) = WatchSession.Begin(context);
        Assert.Null(failure);
        return session!;
    }

    /// <summary>Accepts one client, and answers its first question.</summary>
    private Task<Socket> AnswerNext(string answer) => Task.Run(() =>
    {
        Socket accepted = listener.Accept();
        _ = accepted.Receive(new byte[1000]);
        accepted.Send(Encoding.UTF8.GetBytes(answer));
        return accepted;
    });
}
