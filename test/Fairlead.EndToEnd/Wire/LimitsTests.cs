using System.Globalization;

namespace Fairlead.EndToEnd.Wire;

/// <summary>How many conversations there may be, and what those cost that get nowhere.</summary>
public sealed class LimitsTests
{
    private const string ListOfTwo = "0C00000002";
    private const string Signature = "0E";

    private const int Many = 1000;
    private const int Crowd = 4096;
    private const int Stuck = 100;
    private const int Allowed = 20;

    /// <summary>
    /// Bytes for two hundred clients that are stuck: forty kilobytes each, more than twice what a short frame, its conversation, its agent's connection and the
    /// garbage of all that is under way take. Their announced frames (256 KiB) would need 25 MB, their unread answers hundreds.
    /// </summary>
    private const long Bound = 8 * 1024 * 1024;

    [Fact]
    public async Task A_thousand_conversations_at_once_are_each_served()
    {
        await using WireStage stage = await WireStage.Raise();
        RawClient[] clients = await ConnectTo(stage, Many);

        await Task.WhenAll(clients.Select(client => client.Send(Message.List)));
        string?[] lists = await Task.WhenAll(clients.Select(client => client.ReadFrame()));
        Assert.All(lists, list => Assert.StartsWith(ListOfTwo, list));

        byte[] sign = Message.SignWithFirstOf(lists[0]!);
        await Task.WhenAll(clients.Select(client => client.Send(sign)));
        Assert.All(await Task.WhenAll(clients.Select(client => client.ReadFrame())), answer => Assert.StartsWith(Signature, answer));
        Array.ForEach(clients, client => client.Dispose());
    }

    /// <summary>As many as may be under way, in one moment: far more than wait before an agent's door at one time (ssh-agent listens for 128).</summary>
    [Fact]
    public async Task A_crowd_that_is_more_than_the_agent_accepts_at_once_is_served_to_the_last()
    {
        await using WireStage stage = await WireStage.Raise();
        RawClient[] clients = await ConnectTo(stage, Crowd);
        await ServeEach(clients);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Clients_that_say_nothing_make_room_for_those_that_ask()
    {
        await using WireStage stage = await WireStage.Raise($"[limits]\nconversations = {Allowed}");
        var silent = new RawClient[Allowed];
        for (int i = 0; i < silent.Length; i++)
        {
            silent[i] = await RawClient.Connect(stage.Daemon.Socket); // in this order
        }

        RawClient[] clients = await ConnectTo(stage, Allowed / 2);
        await ServeEach(clients);
        Assert.All(await Task.WhenAll(silent[..(Allowed / 2)].Select(client => client.ReadFrame())), Assert.Null);
        await ServeEach(silent[(Allowed / 2)..]);
        Array.ForEach([.. silent, .. clients], client => client.Dispose());
    }

    [Fact]
    public async Task Beyond_the_limit_a_client_is_hung_up_on_and_nobody_else_notices()
    {
        await using WireStage stage = await WireStage.Raise($"[limits]\nconversations = {Allowed}");
        RawClient[] clients = await ConnectTo(stage, Allowed);
        await ServeEach(clients);

        RawClient[] refused = await ConnectTo(stage, Allowed);
        Assert.All(await Task.WhenAll(refused.Select(client => client.ReadFrame())), Assert.Null);
        await ServeEach(clients);

        // The daemon's end of it is closed when the client sees the end.
        clients[0].EndSending();
        Assert.Null(await clients[0].ReadFrame());
        using RawClient next = await RawClient.Connect(stage.Daemon.Socket);
        await ServeEach([next, .. clients[1..]]);
        Array.ForEach([.. clients, .. refused], client => client.Dispose());
    }

    [Fact]
    public async Task Clients_that_do_not_read_or_send_a_byte_at_a_time_hold_no_more_than_their_frame_and_nobody_up()
    {
        await using WireStage stage = await WireStage.Raise();
        using RawClient other = await RawClient.Connect(stage.Daemon.Socket);
        await ServeInTurn(other, Many);
        long before = Resident(stage.Daemon.ProcessId);

        RawClient[] deaf = await ConnectTo(stage, Stuck);
        byte[] lists = [.. Enumerable.Repeat(Message.List, 1000).SelectMany(bytes => bytes)];
        Assert.All(deaf, client => Assert.True(client.SendUntilFull(lists) > lists.Length));
        RawClient[] slow = await ConnectTo(stage, Stuck);
        foreach (byte one in Message.Length(Message.Longest).Concat(new byte[60]))
        {
            await Task.WhenAll(slow.Select(client => client.Send(new[] { one })));
            await ServeInTurn(other, 1);
        }

        // Each answer is proof that all the others had their turn, and could have asked and been answered once more.
        await ServeInTurn(other, Many);
        long grown = Resident(stage.Daemon.ProcessId) - before;

        Assert.True(grown < Bound, $"{grown / 1024} KiB for {2 * Stuck} clients that are stuck");
        Array.ForEach([.. deaf, .. slow], client => client.Dispose());
        await ServeInTurn(other, 1);
    }

    private static Task<RawClient[]> ConnectTo(WireStage stage, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => RawClient.Connect(stage.Daemon.Socket)));

    private static async Task ServeEach(RawClient[] clients)
    {
        await Task.WhenAll(clients.Select(client => client.Send(Message.List)));
        Assert.All(await Task.WhenAll(clients.Select(client => client.ReadFrame())), answer => Assert.StartsWith(ListOfTwo, answer));
    }

    private static async Task ServeInTurn(RawClient client, int times)
    {
        for (int turn = 0; turn < times; turn++)
        {
            await ServeEach([client]);
        }
    }

    /// <summary>Bytes of memory that a process really has (proc_pid_status(5), VmRSS).</summary>
    private static long Resident(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
