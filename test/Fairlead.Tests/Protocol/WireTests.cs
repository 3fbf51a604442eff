using CsCheck;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class WireTests
{
    [Fact]
    public void What_is_written_is_read()
        => Gen.Select(Gen.Byte, Gen.Bool, Gen.UInt, Gen.Byte.Array[0, 600], Gen.Byte.Array[0, 20])
            .Sample((octet, flag, number, text, rest) =>
            {
                byte[] frame = new WireWriter(capacity: 1)
                    .WriteByte(octet).WriteBoolean(flag).WriteUInt32(number).WriteString(text).WriteBytes(rest).ToFrame();
                Assert.True(AgentFrame.TryReadLength(frame, out int length));
                Assert.Equal(frame.Length - AgentFrame.HeaderLength, length);

                var reader = new WireReader(frame.AsSpan(AgentFrame.HeaderLength));
                Assert.True(reader.TryReadByte(out byte readOctet));
                Assert.True(reader.TryReadBoolean(out bool readFlag));
                Assert.True(reader.TryReadUInt32(out uint readNumber));
                Assert.True(reader.TryReadString(out ReadOnlySpan<byte> readText));
                Assert.Equal((octet, flag, number), (readOctet, readFlag, readNumber));
                Assert.Equal(text, readText.ToArray());
                Assert.Equal(rest, reader.Rest.ToArray());
                Assert.Equal(rest.Length, reader.Remaining);
            });

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 3, 1, 2 })]
    [InlineData(new byte[] { 0x7f, 0xff, 0xff, 0xff, 1, 2 })]
    [InlineData(new byte[] { 0x80, 0, 0, 0, 1, 2 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 1, 2 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xfc, 1, 2 })]
    public void A_string_that_is_not_all_there_is_left_alone(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        Assert.False(reader.TryReadString(out ReadOnlySpan<byte> value));
        Assert.True(value.IsEmpty);
        Assert.Equal(bytes, reader.Rest.ToArray());
    }

    [Fact]
    public void At_the_end_every_read_says_no()
    {
        WireReader reader = default;
        Assert.False(reader.TryReadByte(out _));
        Assert.False(reader.TryReadBoolean(out _));
        Assert.False(reader.TryReadUInt32(out _));
        Assert.False(reader.TryReadString(out _));
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Every_byte_but_zero_is_true()
        => Gen.Byte.Sample(value =>
        {
            var reader = new WireReader([value]);
            Assert.True(reader.TryReadBoolean(out bool read));
            Assert.Equal(value != 0, read);
        });

    [Fact]
    public void No_frame_is_made_that_a_peer_would_refuse()
    {
        Assert.Throws<InvalidOperationException>(() => new WireWriter().ToFrame());
        var writer = new WireWriter();
        writer.WriteBytes(new byte[AgentLimits.MaxMessageLength]);
        Assert.Equal(AgentFrame.HeaderLength + AgentLimits.MaxMessageLength, writer.ToFrame().Length);
        writer.WriteByte(0);
        Assert.Equal(AgentLimits.MaxMessageLength + 1, writer.Length);
        Assert.Throws<InvalidOperationException>(() => writer.ToFrame());
    }
}
