using Fairlead.Core.Relay;
using Fairlead.Protocol;
using Fairlead.Tests.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>Binds that OpenSSH sent, and signatures by each other type of host key, made by the platform.</summary>
public sealed class BindSignatureTests
{
    public static TheoryData<string> Genuine { get; } = new(Corpus.RequestNames.Select(row => row.Data).Where(IsBind));

    [Theory]
    [MemberData(nameof(Genuine))]
    public void What_a_server_has_signed_is_genuine_and_a_changed_bit_is_not(string name)
    {
        Assert.True(SessionBind.TryRead(Corpus.Message(name), out SessionBind bind));
        Assert.True(BindSignature.IsGenuine(bind));

        byte[] session = bind.SessionId.ToArray();
        session[0] ^= 1;
        Assert.False(IsGenuine(bind.HostKey, session, bind.Signature));
        byte[] signature = bind.Signature.ToArray();
        signature[^1] ^= 1;
        Assert.False(IsGenuine(bind.HostKey, bind.SessionId, signature));
    }

    [Theory]
    [InlineData("rsa-sha2-256")]
    [InlineData("rsa-sha2-512")]
    [InlineData("ecdsa-sha2-nistp256")]
    [InlineData("ecdsa-sha2-nistp384")]
    [InlineData("ecdsa-sha2-nistp521")]
    public void Other_types_of_host_keys_are_verified_as_well(string algorithm)
    {
        (byte[] key, byte[] signature) = HostKeys.Sign(algorithm, "session"u8.ToArray());

        Assert.True(IsGenuine(key, "session"u8, signature));
        Assert.False(IsGenuine(key, "sessions"u8, signature));
    }

    [Fact]
    public void Whatever_is_sent_nothing_is_thrown()
    {
        (byte[] key, byte[] signature) = HostKeys.Sign("ecdsa-sha2-nistp256", "session"u8.ToArray());
        Assert.All(Enumerable.Range(0, key.Length), length => Assert.False(IsGenuine(key.AsSpan(0, length), "session"u8, signature)));
        Assert.All(Enumerable.Range(0, key.Length), at => IsGenuine([.. key[..at], (byte)~key[at], .. key[(at + 1)..]], "session"u8, signature));
        Assert.All(Enumerable.Range(0, signature.Length), length => Assert.False(IsGenuine(key, "session"u8, signature.AsSpan(0, length))));
    }

    private static bool IsBind(string name) => SessionBind.TryRead(Corpus.Message(name), out _);

    private static bool IsGenuine(ReadOnlySpan<byte> hostKey, ReadOnlySpan<byte> session, ReadOnlySpan<byte> signature)
    {
        byte[] message = new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_EXTENSION).WriteString(ExtensionNames.SessionBind)
            .WriteString(hostKey).WriteString(session).WriteString(signature).WriteBoolean(false).ToFrame();
        Assert.True(SessionBind.TryRead(message.AsSpan(AgentFrame.HeaderLength), out SessionBind bind));
        return BindSignature.IsGenuine(bind);
    }
}
