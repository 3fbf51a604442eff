using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Fairlead.Core.Control;
using Fairlead.Handlers;
using Fairlead.Protocol;

namespace Fairlead.Tests.Handlers;

public sealed class KeyReportsTests
{
    [Fact]
    public void Each_key_has_its_type_its_fingerprint_and_its_comment() =>
        Gen.Select(Gen.String[Gen.Char["a-9"], 1, 20], Gen.Byte.Array[0, 40], Gen.String[Gen.Char["a @\u00e9\n"], 0, 10]).Array[0, 5].Sample(keys =>
        {
            WireWriter writer = new WireWriter().WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER).WriteUInt32((uint)keys.Length);
            var expected = new List<KeyReport>();
            foreach ((string type, byte[] rest, string comment) in keys)
            {
                byte[] blob = new WireWriter().WriteString(Encoding.UTF8.GetBytes(type)).WriteBytes(rest).ToFrame()[AgentFrame.HeaderLength..];
                writer.WriteString(blob).WriteString(Encoding.UTF8.GetBytes(comment));
                string fingerprint = $"SHA256:{Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=')}";
                expected.Add(new KeyReport { Type = type, Fingerprint = fingerprint, Comment = comment });
            }

            Assert.Equal(expected, KeyReports.Read(writer.ToFrame().AsSpan(AgentFrame.HeaderLength)));
        });

    [Fact]
    public void Any_answer_is_survived() => Gen.Byte[0, 3].Array[0, 60].Sample(bytes =>
        _ = KeyReports.Read([(byte)AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER, .. bytes]));
}
