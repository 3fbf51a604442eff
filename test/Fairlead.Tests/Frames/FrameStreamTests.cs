using System.Net.Sockets;
using CsCheck;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Protocol;

namespace Fairlead.Tests.Frames;

/// <summary>However bytes are cut into pieces on their way, the same frames come out.</summary>
public sealed class FrameStreamTests : IDisposable
{
    private static readonly Gen<byte[]> Message = Gen.Frequency(
        (8, Gen.Byte.Array[1, 40]),
        (1, Gen.Int[4080, 4110].Select(length => new byte[length])),
        (1, Gen.Int[8180, 20_000].Select(length => new byte[length])));

    private static readonly Gen<int[]> Cuts = Gen.Frequency((3, Gen.Int[1, 9]), (1, Gen.Int[1, 9000])).Array[1, 12];

    private readonly LoopThread thread = new();
    private readonly TempFolder folder = new();

    public void Dispose()
    {
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public Task Whole_frames_come_out_and_then_the_end() => Gen.Select(Message.Array[0, 6], Cuts).SampleAsync(
        async (messages, cuts) =>
        {
            byte[][] frames = [.. messages.Select(message => new WireWriter().WriteBytes(message).ToFrame())];
            Assert.Equal(frames, await PassAsync([.. frames.SelectMany(bytes => bytes)], cuts));
        },
        threads: 1);

    [Fact]
    public Task Of_bytes_that_end_early_or_are_none_the_frames_before_come_out() => Gen.Select(Message.Array[0, 4], Gen.Byte[0, 4].Array[0, 30], Cuts).SampleAsync(
        async (messages, noise, cuts) =>
        {
            byte[] bytes = [.. messages.SelectMany(message => new WireWriter().WriteBytes(message).ToFrame()), .. noise];
            Assert.Equal(Expected(bytes), await PassAsync(bytes, cuts));
        },
        threads: 1);

    /// <summary>The same in the simplest way, with everything at hand.</summary>
    private static List<byte[]> Expected(byte[] bytes)
    {
        var frames = new List<byte[]>();
        while (bytes.Length >= 4)
        {
            long length = ((long)bytes[0] << 24) | ((long)bytes[1] << 16) | ((long)bytes[2] << 8) | bytes[3];
            if (length is 0 or > 256 * 1024 || bytes.Length < 4 + length)
            {
                break;
            }

            frames.Add(bytes[..(4 + (int)length)]);
            bytes = bytes[(4 + (int)length)..];
        }

        return frames;
    }

    /// <summary>Between two pieces the loop has had its turn, so that each is read by itself.</summary>
    private async Task<List<byte[]>> PassAsync(byte[] bytes, int[] cuts)
    {
        string path = folder["s"];
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        UnixStream server = await thread.RunAsync(() =>
        {
            using UnixListener listener = UnixListener.Adopt(thread.Loop, UnixListener.Bind(path));
            client.Connect(new UnixDomainSocketEndPoint(path));
            return UnixStream.Adopt(thread.Loop, listener.Accept());
        });
        File.Delete(path);
        var frames = new List<byte[]>();
        Task<bool> end = thread.RunAsync(() => ReadAsync(server, frames));
        for (int at = 0, cut = 0; at < bytes.Length && !end.IsCompleted; at += cuts[cut++ % cuts.Length])
        {
            int length = Math.Min(cuts[cut % cuts.Length], bytes.Length - at);
            Assert.Equal(length, client.Send(bytes.AsSpan(at, length), SocketFlags.None, out SocketError error) + (error == SocketError.Success ? 0 : length));
            await thread.TurnAsync();
        }

        client.Dispose();
        Assert.True(await end);
        return frames;
    }

    /// <returns>Whether it came to an end.</returns>
    private static async ValueTask<bool> ReadAsync(UnixStream server, List<byte[]> frames)
    {
        using var stream = new FrameStream(server);
        while (await stream.ReadAsync() is Frame read)
        {
            using Frame frame = read;
            frames.Add(frame.Bytes.ToArray());
        }

        return true;
    }
}
