using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Protocol;

namespace Fairlead.Tests.Agents;

public sealed class KeyListTests
{
    [Fact]
    public void It_has_the_number_the_fingerprints_and_the_first_comment()
    {
        KeyList keys = KeyList.After(null, Answer(("blob-1", "al@home"), ("blob-2", "al@work")))!;

        Assert.Equal((2, "al@home"), (keys.Count, keys.FirstComment));
        Assert.Equal([Fingerprint("blob-1"), Fingerprint("blob-2")], keys.Fingerprints);
    }

    [Fact]
    public void The_same_list_again_is_the_same_object_and_another_is_a_new_one()
    {
        KeyList keys = KeyList.After(null, Answer(("blob-1", "a")))!;

        Assert.Same(keys, KeyList.After(keys, Answer(("blob-1", "a"))));
        Assert.Equal(0, KeyList.After(keys, Answer())!.Count);
    }

    [Fact]
    public void Any_other_answer_teaches_nothing()
    {
        KeyList keys = KeyList.After(null, Answer(("blob-1", "a")))!;

        Assert.Same(keys, KeyList.After(keys, [(byte)AgentMessageType.SSH_AGENT_FAILURE]));
        Assert.Same(keys, KeyList.After(keys, Answer(("blob-1", "a")).AsSpan()[..^1]));
        Assert.Null(KeyList.After(null, []));
    }

    [Fact]
    public void Of_a_long_list_the_number_is_kept_and_no_more()
    {
        KeyList keys = KeyList.After(null, Answer((new string('k', 20_000), "a"), ("blob-2", "b")))!;

        Assert.Equal((2, null), (keys.Count, keys.FirstComment));
        Assert.Empty(keys.Fingerprints);
    }

    [Fact]
    public void An_empty_comment_is_none() => Assert.Null(KeyList.After(null, Answer(("blob-1", "")))!.FirstComment);

    public static byte[] Answer(params (string Blob, string Comment)[] keys)
    {
        WireWriter writer = new WireWriter().WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER).WriteUInt32((uint)keys.Length);
        foreach ((string blob, string comment) in keys)
        {
            writer.WriteString(Encoding.UTF8.GetBytes(blob)).WriteString(Encoding.UTF8.GetBytes(comment));
        }

        return writer.ToFrame()[AgentFrame.HeaderLength..];
    }

    public static string Fingerprint(string blob) => $"SHA256:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(blob))).TrimEnd('=')}";
}
