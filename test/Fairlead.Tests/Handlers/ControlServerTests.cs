using System.Net.Sockets;
using System.Text;
using CsCheck;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Handlers;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Handlers;

/// <summary>Clients of the control socket that say nothing, too much, or what is no request. The clock is the test's.</summary>
public sealed class ControlServerTests : IDisposable
{
    private const string Unpin = "{\"verb\":\"unpin\"}\n";
    private const string Wait = "{\"verb\":\"wait\"}\n";
    private const string List = "{\"verb\":\"list\"}\n";
    private const string Done = "{}";

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly LoopThread thread;
    private readonly UnixListener listener;
    private readonly WaitingHandler waiting = new();
    private readonly ControlServer server;
    private readonly List<ServedClient> served = [];

    public ControlServerTests()
    {
        thread = new LoopThread(clock);
        server = new ControlServer(thread.Loop, [new AnsweringHandler(), new ReportingHandler(), waiting]) { Served = served.Add };
        listener = thread.RunAsync(Listen).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        thread.RunAsync(listener.Dispose).GetAwaiter().GetResult();
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Of_too_many_that_say_nothing_the_first_are_hung_up_on()
    {
        using Client first = Connect();
        using Client second = Connect();
        await ClientsAsync(2);
        Client[] crowd = [.. Enumerable.Range(0, ControlClients.MostIdle - 1).Select(_ => Connect())];
        Assert.Null(await first.HearAsync());
        Assert.Equal(Done, await second.AskAsync(Unpin));
        Assert.Equal(Done, await crowd[^1].AskAsync(Unpin));
        Array.ForEach(crowd, client => client.Dispose());
    }

    [Fact]
    public async Task Those_that_have_asked_before_stay_longer_than_those_that_never_did()
    {
        using Client asked = Connect();
        Assert.Equal(Done, await asked.AskAsync(Unpin));
        using Client silent = Connect();
        await ClientsAsync(2);
        Client[] crowd = [.. Enumerable.Range(0, ControlClients.MostIdle - 1).Select(_ => Connect())];
        Assert.Null(await silent.HearAsync());
        Assert.Equal(Done, await asked.AskAsync(Unpin));
        Array.ForEach(crowd, client => client.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"verb\":")]
    public async Task Who_says_no_whole_line_for_a_while_is_hung_up_on(string half)
    {
        using Client client = Connect();
        Assert.Equal(Done, await client.AskAsync(Unpin));
        await client.SayAsync(half);
        await PassAsync(ControlClients.IdleTime - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await thread.RunAsync(() => server.Clients));
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Null(await client.HearAsync());
    }

    [Fact]
    public async Task Who_waits_for_an_answer_may_wait_and_is_not_counted_among_those_that_say_nothing()
    {
        using Client waiting = Connect();
        await waiting.SayAsync(Wait);
        await WaitingAsync(1);
        Client[] crowd = [.. Enumerable.Range(0, ControlClients.MostIdle + 1).Select(_ => Connect())];
        Assert.Null(await crowd[0].HearAsync());
        await PassAsync(ControlClients.IdleTime * 10);
        Assert.Equal(1, await thread.RunAsync(() => server.Clients));
        Array.ForEach(crowd, client => client.Dispose());
    }

    [Fact]
    public async Task When_too_many_wait_one_more_is_told_so()
    {
        Client[] crowd = new Client[ControlClients.MostAnswered];
        for (int i = 0; i < crowd.Length; i++)
        {
            crowd[i] = Connect();
            await crowd[i].SayAsync(Wait); // before there are too many that have said nothing
        }

        await WaitingAsync(ControlClients.MostAnswered);
        using (Client late = Connect())
        {
            Assert.Contains(ControlReply.TooMany, await late.AskAsync(Wait), StringComparison.Ordinal);
        }

        crowd[0].Dispose();
        await WaitingAsync(ControlClients.MostAnswered - 1);
        using (Client next = Connect())
        {
            Assert.Equal(Done, await next.AskAsync(Unpin));
        }

        Array.ForEach(crowd, client => client.Dispose());
    }

    [Fact]
    public async Task Lines_that_come_together_are_each_answered()
    {
        using Client client = Connect();
        await client.SayAsync(Unpin + Unpin + "no request\n" + Unpin[..5]);
        Assert.Equal(Done, await client.HearAsync());
        Assert.Equal(Done, await client.HearAsync());
        Assert.Contains(ControlReply.UnknownRequest, await client.HearAsync(), StringComparison.Ordinal);
        Assert.Equal(Done, await client.AskAsync(Unpin[5..]));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_the_last()
    {
        using Client client = Connect();
        await client.SayAsync(new string('x', 8192));
        Assert.Null(await client.HearAsync());
    }

    [Fact]
    public void Any_line_is_a_request_or_is_answered_that_it_is_none() =>
        Gen.OneOf(
            Noise.BytesAround("{", "}", "[", "]", ":", ",", "\"", "\"verb\"", "\"unpin\"", "\"pid\"", "\"descriptors\"", "\"version\"", "null", "true", "1e999", "\\ud800", "99999999999"),
            Gen.Byte.Array[0, 60],
            Gen.Int[1, 3000].Select(depth => Encoding.ASCII.GetBytes($"{{\"verb\":\"unpin\",\"agent\":{new string('[', depth)}")))
        .Sample(bytes =>
        {
            byte[] line = [.. bytes.Where(one => one != '\n'), (byte)'\n'];
            using Client client = Connect();
            client.Say(line);
            Assert.NotNull(client.HearAsync().GetAwaiter().GetResult());
        }, iter: 200);

    /// <summary>The daemon looks for new logins after some of them.</summary>
    [Theory]
    [InlineData("", nameof(ClientRequests.None))]
    [InlineData(List + List, nameof(ClientRequests.Reports))]
    [InlineData(Unpin, nameof(ClientRequests.Others))]
    [InlineData(List + Unpin, "Reports, Others")]
    [InlineData("no request\n", nameof(ClientRequests.Others))]
    public async Task When_a_client_has_gone_it_is_known_what_it_asked(string lines, string asked)
    {
        using (Client client = Connect())
        {
            await client.SayAsync(lines);
            for (int answers = lines.Count(letter => letter == '\n'); answers > 0; answers--)
            {
                Assert.NotNull(await client.HearAsync());
            }
        }

        await UntilAsync(() => served.Count == 1);
        Assert.Equal((CurrentProcess.Pid, Enum.Parse<ClientRequests>(asked)), (served[0].Pid, served[0].Asked));
    }

    private Client Connect() => new(folder["d.ctl"]);

    private Task ClientsAsync(int count) => UntilAsync(() => server.Clients == count);

    private Task WaitingAsync(int count) => UntilAsync(() => waiting.Waiting == count);

    private async Task PassAsync(TimeSpan time)
    {
        await thread.TurnAsync();
        clock.Advance(time);
        await thread.TurnAsync();
        await thread.TurnAsync();
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!await thread.RunAsync(holds))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private UnixListener Listen()
    {
        UnixListener adopted = UnixListener.Adopt(thread.Loop, UnixListener.Bind(folder["d.ctl"]));
        new Acceptor(thread.Loop, CurrentProcess.Uid, server.Serve).AcceptFrom(adopted);
        return adopted;
    }

    private sealed class AnsweringHandler : IControlHandler
    {
        public ControlVerb Verb => ControlVerb.Unpin;

        public ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) => ValueTask.FromResult<ControlReply?>(new ControlReply());
    }

    private sealed class ReportingHandler : IControlHandler
    {
        public ControlVerb Verb => ControlVerb.List;

        public bool OnlyReports => true;

        public ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) => ValueTask.FromResult<ControlReply?>(new ControlReply());
    }

    /// <summary>Answers nobody, until the client hangs up.</summary>
    private sealed class WaitingHandler : IControlHandler
    {
        public int Waiting { get; private set; }

        public ControlVerb Verb => ControlVerb.Wait;

        public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
        {
            var over = new Core.Linux.Loop.LoopEvent();
            client.HungUp = over.Happen;
            Waiting++;
            await over.WaitAsync();
            Waiting--;
            return null;
        }
    }

    private sealed class Client : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly StreamReader replies;

        public Client(string path)
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            replies = new StreamReader(new NetworkStream(socket));
        }

        public void Say(byte[] bytes) => socket.Send(bytes);

        public async Task SayAsync(string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text)).InTime();

        /// <summary>The next reply; null when the server has hung up.</summary>
        public async Task<string?> HearAsync()
        {
            try
            {
                return await replies.ReadLineAsync().InTime();
            }
            catch (IOException)
            {
                return null;
            }
        }

        public async Task<string?> AskAsync(string text)
        {
            await SayAsync(text);
            return await HearAsync();
        }

        public void Dispose()
        {
            replies.Dispose();
            socket.Dispose();
        }
    }
}
