using System.Buffers;
using System.Text;
using Fairlead.Core.Frames;

namespace Fairlead.Tests.Relay;

/// <summary>What carried a key or a passphrase is zeroed before anybody else gets the buffer.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Secret = "the passphrase of SecretTests";

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
        byte[][] buffers = await CleanBuffersAsync();
        await stage.ConfigureAsync(stage.AddWithKeys("agent"));
        using RelayClient client = stage.Connect();
        byte[] add = Messages.Add(string.Concat(Enumerable.Repeat(Secret, repetitions)));
        Assert.Equal(Messages.Success, await client.AskAsync(add));
        await stage.Thread.RunAsync(() => { }); // the answer comes before the request is done with
        Assert.DoesNotContain(buffers, HoldsSecret);
    }

    [Fact]
    public async Task A_request_that_breaks_off_leaves_nothing_either()
    {
        byte[][] buffers = await CleanBuffersAsync();
        using (RelayClient client = stage.Connect())
        {
            byte[] add = Messages.Add(string.Concat(Enumerable.Repeat(Secret, 500)));
            await client.SendAsync(add[..^1]);
            await stage.ConversationsAsync(1);
        }

        await stage.ConversationsAsync(0);
        Assert.DoesNotContain(buffers, HoldsSecret);
    }

    private static bool HoldsSecret(byte[] buffer) => buffer.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)) >= 0;

    /// <summary>
    /// Buffers of every size, given back by the loop's thread, which is therefore lent them next. (New ones would prove nothing: they come with
    /// whatever the memory held before.)
    /// </summary>
    private Task<byte[][]> CleanBuffersAsync() => stage.Thread.RunAsync(() =>
    {
        var buffers = new List<byte[]>();
        for (int size = 16; size <= 1024 * 1024; size *= 2)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            buffers.Add(buffer);
        }

        return buffers.ToArray();
    });
}
