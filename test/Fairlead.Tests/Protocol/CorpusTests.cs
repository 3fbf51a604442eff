using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class CorpusTests
{
    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void What_is_read_and_written_again_is_the_same_byte_for_byte(string name)
        => Assert.Equal(Corpus.Frame(name), Rewriting.Rewrite(Corpus.Message(name)));

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void The_length_is_that_of_the_message(string name)
    {
        byte[] frame = Corpus.Frame(name);
        Assert.True(AgentFrame.TryReadLength(frame, out int length));
        Assert.Equal(frame.Length - AgentFrame.HeaderLength, length);
    }

    [Theory]
    [MemberData(nameof(Corpus.RequestNames), MemberType = typeof(Corpus))]
    public void Nothing_that_OpenSSH_sends_is_malformed(string name)
        => Assert.NotEqual(RequestKind.Malformed, Request.KindOf(Corpus.Message(name)));

    [Fact]
    public void Every_request_has_its_answer()
        => Assert.All(
            Corpus.RequestNames,
            row => Assert.NotEmpty(Corpus.Frame(row.Data.Replace("/req-", "/resp-", StringComparison.Ordinal))));

    [Theory]
    [InlineData("req-list-all-1", RequestKind.List)]
    [InlineData("req-list-with-rest-1", RequestKind.List)]
    [InlineData("req-sign-ed25519-2", RequestKind.Sign)]
    [InlineData("req-sign-rsa-2", RequestKind.Sign)]
    [InlineData("req-sign-ecdsa-2", RequestKind.Sign)]
    [InlineData("req-login-1", RequestKind.Bind)]
    [InlineData("req-login-forwarding-4", RequestKind.Bind)]
    [InlineData("req-add-ed25519-1", RequestKind.Change)]
    [InlineData("req-add-certificate-2", RequestKind.Change)]
    [InlineData("req-add-lifetime-1", RequestKind.Change)]
    [InlineData("req-add-confirm-1", RequestKind.Change)]
    [InlineData("req-add-destination-1", RequestKind.Change)]
    [InlineData("req-remove-ed25519-1", RequestKind.Change)]
    [InlineData("req-remove-all-1", RequestKind.Change)]
    [InlineData("req-remove-all-2", RequestKind.Change)]
    [InlineData("req-lock-1", RequestKind.Change)]
    [InlineData("req-unlock-1", RequestKind.Change)]
    [InlineData("req-smartcard-add-1", RequestKind.Change)]
    [InlineData("req-smartcard-add-lifetime-1", RequestKind.Change)]
    [InlineData("req-smartcard-remove-1", RequestKind.Change)]
    [InlineData("req-query-1", RequestKind.Query)]
    [InlineData("req-unknown-extension-1", RequestKind.Opaque)]
    [InlineData("req-unknown-type-1", RequestKind.Opaque)]
    public void Kinds_are_told_apart(string name, RequestKind expected)
        => Assert.All(Corpus.Versions, version => Assert.Equal(expected, Request.KindOf(Corpus.Message($"{version}/{name}"))));

    [Theory]
    [InlineData("resp-list-empty-1")]
    [InlineData("resp-list-locked-1")]
    [InlineData("resp-list-ed25519-1", "ed25519 for tests")]
    [InlineData("resp-list-rsa-1", "rsa for tests")]
    [InlineData("resp-list-ecdsa-1", "ecdsa for tests")]
    [InlineData("resp-list-certificate-1", "certified for tests", "certified for tests")]
    [InlineData("resp-list-all-1", "ed25519 for tests", "rsa for tests", "ecdsa for tests", "certified for tests", "certified for tests")]
    public void Lists_keep_the_agents_order(string name, params string[] comments)
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.True(IdentitiesAnswer.TryRead(Corpus.Message($"{version}/{name}"), out IdentitiesAnswer answer));

            Assert.Equal(comments.Length, answer.Count);
            List<string> read = [];
            foreach (IdentityEntry entry in answer)
            {
                read.Add(Encoding.UTF8.GetString(entry.Comment));
                Assert.True(answer.Contains(entry.KeyBlob));
                Assert.False(answer.Contains(entry.KeyBlob[1..]));
            }

            Assert.Equal(comments, read);
        }
    }

    [Fact]
    public void The_answers_kept_ready_are_those_of_ssh_agent()
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.Equal(Corpus.Frame($"{version}/resp-add-ed25519-1"), AgentFrame.Success.ToArray());
            Assert.Equal(Corpus.Frame($"{version}/resp-smartcard-add-1"), AgentFrame.Failure.ToArray());
        }
    }

    [Theory]
    [InlineData("sign-ed25519", 0)]
    [InlineData("sign-rsa", 4)]
    [InlineData("sign-ecdsa", 0)]
    public void A_signature_is_asked_of_a_key_that_was_listed(string step, uint flags)
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.True(IdentitiesAnswer.TryRead(Corpus.Message($"{version}/resp-{step}-1"), out IdentitiesAnswer answer));
            Assert.True(SignRequest.TryRead(Corpus.Message($"{version}/req-{step}-2"), out SignRequest request));

            Assert.True(answer.Contains(request.KeyBlob));
            Assert.True(request.Data.StartsWith("SSHSIG"u8));
            Assert.Equal(flags, request.Flags);
        }
    }

    [Fact]
    public void A_login_signs_the_session_that_it_bound()
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.True(SessionBind.TryRead(Corpus.Message($"{version}/req-login-1"), out SessionBind bind));
            Assert.True(SignRequest.TryRead(Corpus.Message($"{version}/req-login-3"), out SignRequest request));

            Assert.False(bind.IsForwarding);
            var signed = new WireReader(request.Data);
            Assert.True(signed.TryReadString(out ReadOnlySpan<byte> sessionId));
            Assert.True(sessionId.SequenceEqual(bind.SessionId));
            Assert.InRange(bind.SessionId.Length, 1, AgentLimits.MaxSessionIdLength);
        }
    }

    [Fact]
    public void A_forwarded_connection_says_so_and_names_the_same_session()
    {
        foreach (string version in Corpus.Versions)
        {
            Assert.True(SessionBind.TryRead(Corpus.Message($"{version}/req-login-forwarding-1"), out SessionBind own));
            Assert.True(SessionBind.TryRead(Corpus.Message($"{version}/req-login-forwarding-4"), out SessionBind forwarded));

            Assert.False(own.IsForwarding);
            Assert.True(forwarded.IsForwarding);
            Assert.True(forwarded.SessionId.SequenceEqual(own.SessionId));
            Assert.True(forwarded.HostKey.SequenceEqual(own.HostKey));
            Assert.True(forwarded.Signature.SequenceEqual(own.Signature));
        }
    }

    [Fact]
    public void An_ssh_agent_that_knows_query_sends_a_second_answer_behind_the_first()
    {
        var answer = new WireReader(Corpus.Message("OpenSSH_10.3p1/resp-query-1"));
        Assert.True(answer.TryReadByte(out byte type));
        Assert.Equal((byte)AgentMessageType.SSH_AGENT_EXTENSION_RESPONSE, type);
        Assert.True(answer.TryReadString(out ReadOnlySpan<byte> name));
        Assert.True(name.SequenceEqual(ExtensionNames.Query));
        Assert.True(answer.TryReadString(out ReadOnlySpan<byte> known));
        Assert.True(known.SequenceEqual(ExtensionNames.SessionBind));
        Assert.Equal(0, answer.Remaining);

        Assert.Equal(AgentFrame.Success.ToArray(), Corpus.Frame("OpenSSH_10.3p1/resp-query-2"));
    }
}
