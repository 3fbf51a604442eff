using System.Buffers.Binary;
using CsCheck;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class AgentFrameTests
{
    [Theory]
    [InlineData(0u, false)]
    [InlineData(1u, true)]
    [InlineData((uint)AgentLimits.MaxMessageLength, true)]
    [InlineData((uint)AgentLimits.MaxMessageLength + 1, false)]
    [InlineData((uint)int.MaxValue, false)]
    [InlineData((uint)int.MaxValue + 1, false)]
    [InlineData(uint.MaxValue, false)]
    public void Lengths_from_1_to_256_KiB_are_accepted(uint announced, bool accepted)
    {
        Span<byte> header = stackalloc byte[AgentFrame.HeaderLength];
        BinaryPrimitives.WriteUInt32BigEndian(header, announced);
        Assert.Equal(accepted, AgentFrame.TryReadLength(header, out int length));
        Assert.Equal(accepted ? (int)announced : 0, length);
    }

    [Fact]
    public void A_length_is_within_bounds_or_refused()
        => Gen.Byte.Array[0, 8].Sample(header =>
        {
            bool accepted = AgentFrame.TryReadLength(header, out int length);
            Assert.InRange(length, accepted ? 1 : 0, accepted ? AgentLimits.MaxMessageLength : 0);
            Assert.True(!accepted || header.Length >= AgentFrame.HeaderLength);
        });

    [Fact]
    public void The_answers_kept_ready_have_their_lengths()
    {
        Assert.All(
            (ReadOnlyMemory<byte>[])[AgentFrame.Failure, AgentFrame.Success],
            frame =>
            {
                Assert.True(AgentFrame.TryReadLength(frame.Span, out int length));
                Assert.Equal(frame.Length - AgentFrame.HeaderLength, length);
            });
    }
}
