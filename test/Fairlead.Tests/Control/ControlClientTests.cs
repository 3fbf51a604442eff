using System.Net.Sockets;
using System.Text;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Control;

public sealed class ControlClientTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private readonly TempFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ControlClientTests()
    {
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen();
    }

    private string Path => folder["d.ctl"];

    [Fact]
    public async Task The_answer_to_a_question_comes_back()
    {
        Task<string> heard = AnswerOnce("{\"error\":\"no\"}\n");
        using ControlClient client = Connect(Long);

        Assert.Equal(ControlOutcome.Answered, client.TryAsk(new ControlRequest { Verb = ControlVerb.List }, out ControlReply? reply));
        Assert.Equal("no", reply!.Error);
        Assert.Equal("{\"version\":1,\"verb\":\"list\"}\n", await heard);
    }

    [Fact]
    public void A_long_answer_in_many_pieces_is_put_together()
    {
        AnswerOnce([.. Enumerable.Repeat("{\"error\":\"" + new string('x', 30_000), 1), .. Enumerable.Repeat(new string('y', 30_000), 5), "\"}\n"]);
        using ControlClient client = Connect(Long);

        Assert.Equal(ControlOutcome.Answered, client.TryAsk(new ControlRequest { Verb = ControlVerb.List }, out ControlReply? reply));
        Assert.Equal(180_000, reply!.Error!.Length);
    }

    [Theory]
    [InlineData("no json\n", nameof(ControlOutcome.NotUnderstood))]
    [InlineData("null\n", nameof(ControlOutcome.NotUnderstood))]
    [InlineData("{\"error\":\"half a l", nameof(ControlOutcome.NoAnswer))]
    [InlineData("", nameof(ControlOutcome.NoAnswer))]
    public void An_answer_that_is_none_is_told_apart(string answer, string outcome)
    {
        AnswerOnce(answer);
        using ControlClient client = Connect(Long);

        Assert.Equal(outcome, client.TryAsk(new ControlRequest { Verb = ControlVerb.Status }, out _).ToString());
    }

    [Fact]
    public void A_daemon_that_hangs_is_given_up_when_the_patience_ends()
    {
        using ControlClient client = Connect(Short);

        Assert.Equal(ControlOutcome.NoAnswer, client.TryAsk(new ControlRequest { Verb = ControlVerb.Status }, out _));
    }

    [Fact]
    public void Nothing_is_sent_to_a_listener_of_another_user()
    {
        ControlOutcome outcome = ControlClient.TryConnect(Path, CurrentProcess.Uid + 1, Long, out ControlClient? client);
        using Socket accepted = listener.Accept();

        Assert.Equal(ControlOutcome.NotOurs, outcome);
        Assert.Null(client);
        Assert.Equal(0, accepted.Receive(new byte[1]));
    }

    [Theory]
    [InlineData("gone.ctl")]
    [InlineData("a path that is longer than a unix socket's address can hold, which is one hundred and seven bytes and no more.ctl")]
    public void A_path_where_nobody_listens_is_not_reachable(string name) =>
        Assert.Equal(
            ControlOutcome.NotReachable,
            ControlClient.TryConnect(folder[name], CurrentProcess.Uid, Long, out _));

    [Theory]
    [InlineData("{\"registration\":{\"usable\":true}}\n", nameof(RegisterOutcome.Usable))]
    [InlineData("{\"registration\":{\"usable\":false,\"reason\":\"it is not a socket\"}}\n", nameof(RegisterOutcome.Refused))]
    [InlineData("", nameof(RegisterOutcome.Usable), Label = "an older daemon hangs up without a word")]
    public async Task Registering_asks_whether_the_agent_can_be_used(string answer, string expected)
    {
        int socket = PathDescriptor.Open(Path);
        int around = PathDescriptor.OpenFolder(folder.Path);
        using ControlClient client = Connect(Long);
        Task<RegisterOutcome> outcome = Task.Run(() => client.Register(17, "/tmp/a", [socket, around]));

        using Socket accepted = listener.Accept();
        byte[] line = new byte[1000];
        int[] descriptors = new int[DescriptorPassing.Most];
        int length = DescriptorPassing.Receive((int)accepted.Handle, line, descriptors, out int count);
        Assert.Equal("{\"version\":1,\"verb\":\"register\",\"pid\":17,\"socket\":\"/tmp/a\"}\n", Encoding.UTF8.GetString(line, 0, length));
        Assert.Equal(
            [FileKind.Socket, FileKind.Directory],
            descriptors[..count].Select(passed => FileStatus.TryRead(passed, out FileStatus status) >= 0 ? status.Kind : FileKind.Other));
        accepted.Send(Encoding.UTF8.GetBytes(answer));
        accepted.Close();

        Assert.Equal(expected, (await outcome.InTime()).ToString());
        Assert.All([socket, around, .. descriptors], Descriptor.Close);
    }

    [Fact]
    public void A_daemon_that_does_not_say_so_in_time_is_late()
    {
        using ControlClient client = Connect(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RegisterOutcome.Late, client.Register(17, "/tmp/a", []));
    }

    public void Dispose()
    {
        listener.Dispose();
        folder.Dispose();
    }

    private ControlClient Connect(TimeSpan patience)
    {
        Assert.Equal(ControlOutcome.Answered, ControlClient.TryConnect(Path, CurrentProcess.Uid, patience, out ControlClient? client));
        return client!;
    }

    private Task<string> AnswerOnce(params string[] pieces) => Task.Run(() =>
    {
        using Socket accepted = listener.Accept();
        byte[] line = new byte[1000];
        string heard = Encoding.UTF8.GetString(line, 0, accepted.Receive(line));
        foreach (string piece in pieces)
        {
            accepted.Send(Encoding.UTF8.GetBytes(piece));
        }

        return heard;
    });
}
