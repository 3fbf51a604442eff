using Fairlead.Core.Linux.Loop;
using Fairlead.Protocol;
using Fairlead.Tests.Linux.Loop;

namespace Fairlead.Tests.Relay;

/// <summary>Whoever asks without end gets answers, but the others get their turn in between.</summary>
public sealed class FloodTests : IDisposable
{
    /// <summary>As many answers as fit into the kernel's buffer of a client that reads none.</summary>
    private const int Flood = 250;

    private readonly RelayStage stage = new();
    private readonly ManualResetEventSlim gate = new();

    public void Dispose()
    {
        gate.Set();
        stage.Dispose();
        gate.Dispose();
    }

    [Fact]
    public async Task A_client_that_sends_many_requests_lets_others_have_their_turn_before_all_are_answered()
    {
        byte[] malformed = Messages.Of(AgentMessageType.SSH_AGENTC_SIGN_REQUEST);
        using RelayClient flooding = stage.Connect();
        Assert.Equal(Messages.Failure, await flooding.AskAsync(malformed));

        Task<int> answered = await WhenNextInLineAsync(
            () => flooding.SendAsync([.. Enumerable.Repeat(malformed, Flood)]),
            () => flooding.Available / Messages.Failure.Length);
        Assert.InRange(await answered.InTime(), 1, Flood / 2);
        for (int i = 0; i < Flood; i++)
        {
            Assert.Equal(Messages.Failure, await flooding.ReceiveAsync());
        }
    }

    [Fact]
    public async Task Clients_that_all_come_at_once_let_others_have_their_turn_before_all_are_accepted()
    {
        RelayClient[] crowd = [];
        Task<int> accepted = await WhenNextInLineAsync(
            () =>
            {
                crowd = [.. Enumerable.Range(0, Flood).Select(_ => stage.Connect())];
                return Task.CompletedTask;
            },
            () => stage.Server.Conversations);
        Assert.InRange(await accepted.InTime(), 1, Flood / 2);
        await stage.ConversationsAsync(Flood);
        Array.ForEach(crowd, client => client.Dispose());
        await stage.ConversationsAsync(0);
    }

    /// <summary>
    /// Holds the loop while the flood is made, and then looks at the state of things when it is somebody else's turn: a descriptor
    /// that became ready after the flood did.
    /// </summary>
    private async Task<Task<int>> WhenNextInLineAsync(Func<Task> flood, Func<int> look)
    {
        var seen = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pipe = new ReadyDescriptor();
        await stage.Thread.RunAsync(() =>
        {
            LoopDescriptor descriptor = stage.Thread.Loop.Watch(pipe.Readable);
            descriptor.Readable = () =>
            {
                seen.TrySetResult(look());
                descriptor.Dispose();
            };
        });
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Thread.Loop.Post(() =>
        {
            held.SetResult();
            gate.Wait(Deadline.Length);
        });
        await held.Task.InTime();
        await flood();
        pipe.MakeReady();
        gate.Set();
        await seen.Task.InTime();
        return seen.Task;
    }
}
