using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Protocol;

namespace Fairlead.Tests.Agents;

public sealed class UnattendedKeysTests
{
    private readonly UnattendedKeys keys = new();

    [Fact]
    public void A_key_is_one_of_them_until_somebody_was_asked()
    {
        byte[] key = Blob("ssh-ed25519", "a");
        keys.Note(key, isUnattended: true);
        Assert.True(keys.Contains(key));
        Assert.False(keys.Contains(Blob("ssh-ed25519", "b")));
        keys.Note(key, isUnattended: false);
        Assert.False(keys.Contains(key));
    }

    [Theory]
    [InlineData("sk-ssh-ed25519@openssh.com")]
    [InlineData("sk-ecdsa-sha2-nistp256-cert-v01@openssh.com")]
    public void One_on_a_device_that_happened_to_be_touched_at_once_is_none(string type)
    {
        keys.Note(Blob(type, "a"), isUnattended: true);
        Assert.False(keys.Contains(Blob(type, "a")));
    }

    [Fact]
    public void No_more_are_remembered_than_a_person_has()
    {
        for (int i = 0; i <= 64; i++)
        {
            keys.Note(Blob("ssh-ed25519", $"key {i}"), isUnattended: true);
        }

        Assert.Equal(64, Enumerable.Range(0, 65).Count(i => keys.Contains(Blob("ssh-ed25519", $"key {i}"))));
    }

    [Fact]
    public void Bytes_that_are_no_key_are_no_trouble()
    {
        keys.Note([], isUnattended: true);
        keys.Note([0, 0], isUnattended: true);
        Assert.True(keys.Contains([0, 0]));
    }

    private static byte[] Blob(string type, string key) => new WireWriter()
        .WriteString(Encoding.ASCII.GetBytes(type))
        .WriteString(Encoding.ASCII.GetBytes(key))
        .ToFrame()[AgentFrame.HeaderLength..];
}
