using System.Buffers;
using System.Text;
using Fairlead.Core.Relay;

namespace Fairlead.Tests.Relay;

/// <summary>What carried a key or a passphrase is zeroed before anybody else gets the buffer.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Secret = "correct horse battery staple";

    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public void A_frame_gives_back_a_clean_buffer_once()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(100);
        rented.AsSpan().Fill(7);
        Frame frame = Frame.TakeOver(rented, 60);
        frame.Dispose();
        Assert.Equal(new byte[60], rented[..60]);

        rented.AsSpan().Fill(7);
        frame.Dispose();
        Assert.Equal(7, rented[0]);
    }

    [Fact]
    public void A_frame_over_bytes_that_stay_leaves_them_alone()
    {
        using (Frame frame = Frame.Of(Messages.Failure))
        {
            Assert.Equal(Messages.TypeOf(Messages.Failure), frame.Type);
        }

        Assert.Equal([0, 0, 0, 1, 5], Messages.Failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(5000)]
    public async Task A_request_leaves_nothing_in_the_buffers_of_the_pool(int repetitions)
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent"));
        using Client client = stage.Connect();
        byte[] add = Messages.Add(string.Concat(Enumerable.Repeat(Secret, repetitions)));
        Assert.Equal(Messages.Success, await client.AskAsync(add));
        Assert.Equal(0, await BuffersWithSecretAsync());
    }

    [Fact]
    public async Task A_request_that_breaks_off_leaves_nothing_either()
    {
        using (Client client = stage.Connect())
        {
            byte[] add = Messages.Add(string.Concat(Enumerable.Repeat(Secret, 500)));
            await client.SendAsync(add[..^1]);
            await stage.ConversationsAsync(1);
        }

        await stage.ConversationsAsync(0);
        Assert.Equal(0, await BuffersWithSecretAsync());
    }

    /// <summary>What the loop's thread is given next, of every size: it gets its own buffers back first.</summary>
    private Task<int> BuffersWithSecretAsync() => stage.Thread.RunAsync(() =>
    {
        int found = 0;
        byte[] secret = Encoding.ASCII.GetBytes(Secret);
        for (int size = 16; size <= 1024 * 1024; size *= 2)
        {
            byte[][] rented = [.. Enumerable.Range(0, 8).Select(_ => ArrayPool<byte>.Shared.Rent(size))];
            found += rented.Count(buffer => buffer.AsSpan().IndexOf(secret) >= 0);
            Array.ForEach(rented, buffer => ArrayPool<byte>.Shared.Return(buffer));
        }

        return found;
    });
}
