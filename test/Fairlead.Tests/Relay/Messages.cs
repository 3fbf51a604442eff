using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>Frames as clients and agents send them.</summary>
internal static class Messages
{
    public static byte[] List { get; } = Of(AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES);

    public static byte[] Query { get; } = Extension("query");

    public static byte[] Of(AgentMessageType type) => new WireWriter().WriteType(type).ToFrame();

    public static byte[] Extension(string name, string contents = "") => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION)
        .WriteString(Encoding.ASCII.GetBytes(name))
        .WriteBytes(Encoding.ASCII.GetBytes(contents))
        .ToFrame();

    public static byte[] Bind(int number, bool isForwarding = false) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION)
        .WriteString(ExtensionNames.SessionBind)
        .WriteString(Encoding.ASCII.GetBytes($"host key {number}"))
        .WriteString(Encoding.ASCII.GetBytes($"session {number}"))
        .WriteString("signature"u8)
        .WriteBoolean(isForwarding)
        .ToFrame();

    public static byte[] Sign(string key, int dataLength = 32) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_SIGN_REQUEST)
        .WriteString(Encoding.ASCII.GetBytes(key))
        .WriteString(new byte[dataLength])
        .WriteUInt32(0)
        .ToFrame();

    public static byte[] Add(string secret) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_ADD_IDENTITY)
        .WriteString("ssh-ed25519"u8)
        .WriteString(Encoding.ASCII.GetBytes(secret))
        .ToFrame();

    public static byte[] Lock(string passphrase) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_LOCK)
        .WriteString(Encoding.ASCII.GetBytes(passphrase))
        .ToFrame();

    /// <summary>A list of keys, whose blobs are their names.</summary>
    public static byte[] Keys(params string[] names)
    {
        WireWriter writer = new WireWriter()
            .WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER)
            .WriteUInt32((uint)names.Length);
        foreach (string name in names)
        {
            writer.WriteString(Encoding.ASCII.GetBytes(name)).WriteString("comment"u8);
        }

        return writer.ToFrame();
    }

    public static byte[] Signature(string by) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENT_SIGN_RESPONSE)
        .WriteString(Encoding.ASCII.GetBytes(by))
        .ToFrame();

    public static byte[] Success { get; } = AgentFrame.Success.ToArray();

    public static byte[] Failure { get; } = AgentFrame.Failure.ToArray();

    /// <summary>The type of a frame.</summary>
    public static AgentMessageType TypeOf(byte[] frame) => (AgentMessageType)frame[AgentFrame.HeaderLength];

    public static RequestKind KindOf(byte[] frame) => Request.KindOf(frame.AsSpan(AgentFrame.HeaderLength));
}
