using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class CertificateTests
{
    [Fact]
    public void The_key_in_a_certificate_is_the_one_that_is_listed_beside_it()
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.True(IdentitiesAnswer.TryRead(Corpus.Message($"{version}/resp-list-certificate-1"), out IdentitiesAnswer list));
            List<byte[]> blobs = [];
            foreach (IdentityEntry entry in list)
            {
                blobs.Add(entry.KeyBlob.ToArray());
            }

            Assert.Equal(2, blobs.Count);
            Assert.Equal(Certificate.KeyOf(blobs[0]), Certificate.KeyOf(blobs[1]));
            Assert.Contains(Certificate.KeyOf(blobs[0]), blobs);
        }
    }

    [Theory]
    [InlineData("ssh-ed25519-cert-v01@openssh.com", "ssh-ed25519", 1)]
    [InlineData("ssh-rsa-cert-v01@openssh.com", "ssh-rsa", 2)]
    [InlineData("ssh-dss-cert-v01@openssh.com", "ssh-dss", 4)]
    [InlineData("ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp256", 2)]
    [InlineData("ecdsa-sha2-nistp521-cert-v01@openssh.com", "ecdsa-sha2-nistp521", 2)]
    [InlineData("sk-ssh-ed25519-cert-v01@openssh.com", "sk-ssh-ed25519@openssh.com", 2)]
    [InlineData("sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", 3)]
    public void Each_type_of_key_has_its_fields(string type, string keyType, int fields)
    {
        WireWriter key = new WireWriter().WriteString(Bytes(keyType));
        WireWriter blob = new WireWriter().WriteString(Bytes(type)).WriteString([9]);
        for (int field = 0; field < fields; field++)
        {
            key.WriteString([1, (byte)field]);
            blob.WriteString([1, (byte)field]);
        }

        byte[] whole = Message(WithRest(blob));

        Assert.Equal(Message(key), Certificate.KeyOf(whole));
        Assert.True(Certificate.TryRead(whole, out Certificate certificate));
        Assert.Equal("authority"u8, certificate.Authority);
    }

    [Fact]
    public void What_is_no_certificate_is_its_own_key()
    {
        byte[] plain = Message(new WireWriter().WriteString("ssh-ed25519"u8).WriteString([1, 2, 3]));
        byte[] unknown = Message(WithRest(new WireWriter().WriteString("new-cert-v01@openssh.com"u8).WriteString([9]).WriteString([1])));

        Assert.Equal(plain, Certificate.KeyOf(plain));
        Assert.Equal(unknown, Certificate.KeyOf(unknown));
        Assert.Empty(Certificate.KeyOf([]));
    }

    [Fact]
    public void One_that_ends_early_is_no_certificate()
    {
        byte[] whole = Message(WithRest(new WireWriter().WriteString("ssh-ed25519-cert-v01@openssh.com"u8).WriteString([9]).WriteString([1])));

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(Certificate.TryRead(whole.AsSpan(0, length), out _)));
        Assert.True(Certificate.TryRead(whole, out _));
    }

    /// <summary>All that follows the key's own fields, up to the authority: its signature is not needed.</summary>
    private static WireWriter WithRest(WireWriter blob) => blob
        .WriteBytes(new byte[8]).WriteUInt32(1).WriteString("id"u8).WriteString([]).WriteBytes(new byte[16])
        .WriteString([]).WriteString([]).WriteString([]).WriteString("authority"u8);

    private static byte[] Message(WireWriter writer) => writer.ToFrame()[AgentFrame.HeaderLength..];

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
