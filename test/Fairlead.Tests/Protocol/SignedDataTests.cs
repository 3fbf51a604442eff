using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

/// <summary>What OpenSSH and git asked an agent to sign, as corpus/capture.sh recorded it.</summary>
public sealed class SignedDataTests
{
    private const string Version = "OpenSSH_9.2p1";

    [Theory]
    [InlineData("login", "ssh-ed25519", true)]
    [InlineData("login-rsa", "rsa-sha2-512", true)]
    [InlineData("login-certified", "ssh-ed25519-cert-v01@openssh.com", true)]
    [InlineData("login-unbound", "ssh-ed25519", false)]
    public void A_login_says_where_and_as_whom(string step, string algorithm, bool isBound)
    {
        Assert.True(SessionBind.TryRead(Corpus.Message($"{Version}/req-{step}-1"), out SessionBind bind));

        SignedData data = Read($"{Version}/req-{step}-3");

        Assert.Equal(SignedDataKind.Login, data.Kind);
        Assert.True(bind.SessionId.SequenceEqual(data.SessionId));
        Assert.Equal(("root", "ssh-connection", algorithm), (Text(data.User), Text(data.Service), Text(data.Algorithm)));
        Assert.True(data.HostKey.SequenceEqual(isBound ? bind.HostKey : []));
        Assert.True(data.Namespace.IsEmpty);
    }

    [Theory]
    [InlineData("git-commit", "git")]
    [InlineData("git-tag", "git")]
    [InlineData("sign-file", "file")]
    [InlineData("sign-rsa", "test")]
    [InlineData("sign-ecdsa", "test")]
    public void A_signature_says_what_it_is_for(string step, string space)
    {
        SignedData data = Read($"{Version}/req-{step}-2");

        Assert.Equal((SignedDataKind.Message, space, "sha512"), (data.Kind, Text(data.Namespace), Text(data.HashAlgorithm)));
        Assert.True(data.SessionId.IsEmpty && data.User.IsEmpty && data.HostKey.IsEmpty);
    }

    [Fact]
    public void Both_versions_of_OpenSSH_say_it_alike() => Assert.All(Corpus.Versions, version =>
    {
        Assert.Equal(SignedDataKind.Login, Read($"{version}/req-login-3").Kind);
        Assert.Equal(SignedDataKind.Message, Read($"{version}/req-sign-ed25519-2").Kind);
    });

    [Theory]
    [InlineData("login")]
    [InlineData("git-commit")]
    public void Cut_short_or_made_longer_it_says_nothing(string step)
    {
        string name = $"{Version}/req-{step}-{(step == "login" ? 3 : 2)}";
        Assert.True(SignRequest.TryRead(Corpus.Message(name), out SignRequest sign));
        byte[] data = sign.Data.ToArray();
        byte[] key = sign.KeyBlob.ToArray();

        Assert.All(Enumerable.Range(0, data.Length), length => Assert.Equal(SignedDataKind.Unknown, KindOf(key, data[..length])));
        Assert.Equal(SignedDataKind.Unknown, KindOf(key, [.. data, 0]));
    }

    [Fact]
    public void A_login_with_another_key_than_the_requests_is_none()
    {
        Assert.True(SignRequest.TryRead(Corpus.Message($"{Version}/req-login-3"), out SignRequest sign));

        Assert.Equal(SignedDataKind.Unknown, KindOf([.. sign.KeyBlob, 0], sign.Data.ToArray()));
    }

    [Fact]
    public void Without_a_namespace_it_is_no_signature_of_a_message()
    {
        byte[] fields = new WireWriter().WriteString([]).WriteString([]).WriteString("sha512"u8).WriteString([1]).ToFrame()[AgentFrame.HeaderLength..];

        Assert.Equal(SignedDataKind.Unknown, KindOf([1], [.. "SSHSIG"u8, .. fields]));
    }

    private static SignedDataKind KindOf(byte[] key, byte[] data)
    {
        byte[] message = new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_SIGN_REQUEST).WriteString(key).WriteString(data).WriteUInt32(0).ToFrame();
        Assert.True(SignRequest.TryRead(message.AsSpan(AgentFrame.HeaderLength), out SignRequest sign));
        return SignedData.Read(sign).Kind;
    }

    private static SignedData Read(string name)
    {
        Assert.True(SignRequest.TryRead(Corpus.Message(name), out SignRequest sign));
        return SignedData.Read(sign);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
