using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class RequestTests
{
    [Fact]
    public void No_bytes_are_no_request() => Assert.Equal(RequestKind.Malformed, Request.KindOf([]));

    [Theory]
    [InlineData(AgentMessageType.SSH_AGENTC_LOCK)]
    [InlineData(AgentMessageType.SSH_AGENTC_UNLOCK)]
    public void A_lock_that_would_kill_ssh_agent_is_malformed(AgentMessageType type)
    {
        Assert.Equal(RequestKind.Malformed, Request.KindOf([(byte)type]));
        Assert.Equal(RequestKind.Malformed, Request.KindOf([(byte)type, 0, 0, 0, 9, (byte)'a']));
        Assert.Equal(RequestKind.Malformed, Request.KindOf([(byte)type, 0, 0, 0, 3, (byte)'a', 0, (byte)'b']));
        Assert.Equal(RequestKind.Malformed, Request.KindOf([(byte)type, 0, 0, 0, 2, 0, 0]));
    }

    [Theory]
    [InlineData(AgentMessageType.SSH_AGENTC_LOCK)]
    [InlineData(AgentMessageType.SSH_AGENTC_UNLOCK)]
    public void A_lock_that_ssh_agent_reads_is_passed_on(AgentMessageType type)
    {
        Assert.Equal(RequestKind.Change, Request.KindOf([(byte)type, 0, 0, 0, 0]));
        Assert.Equal(RequestKind.Change, Request.KindOf([(byte)type, 0, 0, 0, 1, (byte)'a', 99]));
        Assert.Equal(RequestKind.Change, Request.KindOf([(byte)type, 0, 0, 0, 2, (byte)'a', 0]));
    }

    [Fact]
    public void Bytes_behind_the_fields_change_nothing()
    {
        Assert.All(Corpus.RequestNames, row =>
        {
            byte[] message = Corpus.Message(row.Data);
            Assert.Equal(Request.KindOf(message), Request.KindOf([.. message, 0, 1, 2]));
        });
    }

    [Fact]
    public void A_bind_cannot_be_hidden()
    {
        byte[] unreadable = Extension("session-bind@openssh.com"u8);
        Assert.Equal(RequestKind.Bind, Request.KindOf(unreadable));
        Assert.False(SessionBind.TryRead(unreadable, out _));
        Assert.Equal(RequestKind.Bind, Request.KindOf(Extension("session-bind@openssh.com\0"u8)));
        Assert.Equal(RequestKind.Opaque, Request.KindOf(Extension("session-bind@openssh.com\0\0"u8)));
        Assert.Equal(RequestKind.Opaque, Request.KindOf(Extension("session-bind@openssh.comm"u8)));
        Assert.Equal(RequestKind.Opaque, Request.KindOf(Extension("session-bind@openssh.co"u8)));
    }

    [Fact]
    public void Old_numbers_that_ssh_agent_still_obeys_are_changes()
        => Assert.Equal(RequestKind.Change, Request.KindOf([(byte)AgentMessageType.SSH_AGENTC_REMOVE_ALL_RSA_IDENTITIES]));

    private static byte[] Extension(ReadOnlySpan<byte> name)
        => new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_EXTENSION).WriteString(name).ToFrame()[AgentFrame.HeaderLength..];
}
