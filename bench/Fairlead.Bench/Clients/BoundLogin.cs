using System.Buffers.Binary;
using System.Security.Cryptography;
using Fairlead.Protocol;

namespace Fairlead.Bench.Clients;

/// <summary>What ssh sends to its agent during a login: a session-bind that the server has signed, a list, and a signature for that session.</summary>
internal sealed class BoundLogin
{
    private static ReadOnlySpan<byte> HostKeyType => "ecdsa-sha2-nistp256"u8;

    private BoundLogin(byte[] hostKey, Question bind, Question sign) => (HostKey, Bind, Sign) = (hostKey, bind, sign);

    /// <summary>As known_hosts has it, before base64.</summary>
    public byte[] HostKey { get; }

    public Question Bind { get; }

    public Question Sign { get; }

    /// <param name="key">The public key to log in with.</param>
    public static BoundLogin Make(byte[] key)
    {
        using var server = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters parameters = server.ExportParameters(includePrivateParameters: false);
        byte[] hostKey = Message(new WireWriter().WriteString(HostKeyType).WriteString("nistp256"u8).WriteString([4, .. parameters.Q.X!, .. parameters.Q.Y!]));
        byte[] session = RandomNumberGenerator.GetBytes(32);
        byte[] signed = server.SignData(session, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        byte[] numbers = Message(new WireWriter().WriteString(Mpint(signed[..32])).WriteString(Mpint(signed[32..])));
        byte[] signature = Message(new WireWriter().WriteString(HostKeyType).WriteString(numbers));
        byte[] bind = new WireWriter()
            .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION)
            .WriteString("session-bind@openssh.com"u8)
            .WriteString(hostKey).WriteString(session).WriteString(signature).WriteBoolean(false)
            .ToFrame();
        return new BoundLogin(
            hostKey,
            new Question(bind, (byte)AgentMessageType.SSH_AGENT_SUCCESS),
            new Question(SignatureFor(session, hostKey, key), (byte)AgentMessageType.SSH_AGENT_SIGN_RESPONSE));
    }

    /// <summary>The data of publickey-hostbound-v00@openssh.com (PROTOCOL of OpenSSH, section 3.1).</summary>
    private static byte[] SignatureFor(byte[] session, byte[] hostKey, byte[] key)
    {
        byte[] data = Message(new WireWriter()
            .WriteString(session)
            .WriteByte(50) // SSH_MSG_USERAUTH_REQUEST
            .WriteString("git"u8).WriteString("ssh-connection"u8).WriteString("publickey-hostbound-v00@openssh.com"u8)
            .WriteBoolean(true).WriteString("ssh-ed25519"u8).WriteString(key).WriteString(hostKey));
        return new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_SIGN_REQUEST).WriteString(key).WriteString(data).WriteUInt32(0).ToFrame();
    }

    /// <summary>RFC 4251, section 5: no leading zeros, and one where the number would look negative.</summary>
    private static byte[] Mpint(byte[] number)
    {
        byte[] digits = [.. number.SkipWhile(digit => digit == 0)];
        return digits[0] >= 0x80 ? [0, .. digits] : digits;
    }

    private static byte[] Message(WireWriter writer)
    {
        byte[] frame = writer.ToFrame();
        return frame[^BinaryPrimitives.ReadInt32BigEndian(frame)..];
    }
}
