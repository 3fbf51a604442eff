using Fairlead.Protocol;
using Fairlead.Tests.Relay;

namespace Fairlead.Tests.Protocol;

/// <summary>ssh-agent signs with a key however its request spells it; only the usual spelling has the fingerprint that people know.</summary>
public sealed class KeyEncodingTests
{
    [Fact]
    public void Whatever_an_agent_lists_is_usual()
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.True(IdentitiesAnswer.TryRead(Corpus.Message($"{version}/resp-list-all-1"), out IdentitiesAnswer list));
            foreach (IdentityEntry entry in list)
            {
                Assert.True(KeyEncoding.IsUsual(entry.KeyBlob));
                byte[] key = Certificate.KeyOf(entry.KeyBlob);
                Assert.False(KeyEncoding.IsUsual([.. key, 0]));
                Assert.False(KeyEncoding.IsUsual(key.AsSpan(0, key.Length - 1)));
            }
        }
    }

    [Theory]
    [InlineData("RSA")]
    [InlineData("rsa-sha2-256")]
    [InlineData("ED25519")]
    [InlineData("ecdsa")]
    [InlineData("webauthn-sk-ecdsa-sha2-nistp256@openssh.com")]
    public void A_name_that_only_means_the_type_is_not(string type) =>
        Assert.False(KeyEncoding.IsUsual(Message(new WireWriter().WriteString(System.Text.Encoding.ASCII.GetBytes(type)).WriteString([1, 2, 3]).WriteString([1]))));

    [Fact]
    public void A_number_with_a_zero_too_many_is_not()
    {
        (byte[] key, _) = HostKeys.Sign("rsa-sha2-512", [1]);
        Assert.True(KeyEncoding.IsUsual(key));
        var reader = new WireReader(key);
        Assert.True(reader.TryReadString(out ReadOnlySpan<byte> type));
        Assert.True(reader.TryReadString(out ReadOnlySpan<byte> exponent));
        Assert.True(reader.TryReadString(out ReadOnlySpan<byte> modulus));

        Assert.False(KeyEncoding.IsUsual(Message(new WireWriter().WriteString(type).WriteString(exponent).WriteString([0, .. modulus]))));
        Assert.False(KeyEncoding.IsUsual(Message(new WireWriter().WriteString(type).WriteString([0, .. exponent]).WriteString(modulus))));
    }

    [Fact]
    public void A_type_of_the_future_is_usual() =>
        Assert.True(KeyEncoding.IsUsual(Message(new WireWriter().WriteString("ssh-mldsa44-ed25519@openssh.com"u8).WriteString([1]).WriteString([2]))));

    private static byte[] Message(WireWriter writer) => writer.ToFrame()[AgentFrame.HeaderLength..];
}
