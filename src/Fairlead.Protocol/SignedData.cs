namespace Fairlead.Protocol;

/// <summary>
/// What the data of a <see cref="SignRequest"/> says about itself: a login (RFC 4252, section 7; PROTOCOL, section 1.8, for
/// publickey-hostbound-v00@openssh.com), or a signed file, commit or message (PROTOCOL.sshsig). The signature covers every byte, so what is
/// read here is what the server, or whoever verifies, will see.
/// <code>
/// string  session identifier          byte[6] "SSHSIG"
/// byte    SSH_MSG_USERAUTH_REQUEST    string  namespace
/// string  user name                   string  reserved
/// string  service name                string  hash algorithm
/// string  "publickey" or hostbound    string  hash of the message
/// boolean TRUE
/// string  algorithm
/// string  public key
/// string  host key, if hostbound
/// </code>
/// </summary>
public readonly ref struct SignedData
{
    private const byte UserAuthRequest = 50; // RFC 4252, section 6

    /// <summary>What it is; the other properties are empty for anything else.</summary>
    public SignedDataKind Kind { get; private init; }

    /// <summary>Of the login: the first key exchange's hash, as in its <see cref="SessionBind"/>. Opaque.</summary>
    public ReadOnlySpan<byte> SessionId { get; private init; }

    /// <summary>The name on the server. UTF-8 according to RFC 4252; a sender may send any bytes.</summary>
    public ReadOnlySpan<byte> User { get; private init; }

    /// <summary>The service that is asked for after the login; from ssh it is "ssh-connection".</summary>
    public ReadOnlySpan<byte> Service { get; private init; }

    /// <summary>The signature algorithm: "ssh-ed25519", "rsa-sha2-512".</summary>
    public ReadOnlySpan<byte> Algorithm { get; private init; }

    /// <summary>The public key or certificate to log in with.</summary>
    public ReadOnlySpan<byte> KeyBlob { get; private init; }

    /// <summary>The server's host key, if the login is bound to it; empty if not. Opaque.</summary>
    public ReadOnlySpan<byte> HostKey { get; private init; }

    /// <summary>What the signature is for: "git", "file", or a word of the program that signs.</summary>
    public ReadOnlySpan<byte> Namespace { get; private init; }

    /// <summary>The hash of the signed message, such as "sha512".</summary>
    public ReadOnlySpan<byte> HashAlgorithm { get; private init; }

    /// <summary>
    /// Never fails: what is neither is <see cref="SignedDataKind.Unknown"/>. As strict as ssh-agent.c, parse_userauth_request(): bytes left
    /// over, an empty session identifier or an empty namespace make it unknown.
    /// </summary>
    /// <param name="request">The request that the data belongs to: a login names the same key again, or its certificate.</param>
    public static SignedData Read(SignRequest request) =>
        TryReadLogin(request, out SignedData data) || TryReadMessage(request.Data, out data) ? data : default;

    private static bool TryReadLogin(SignRequest request, out SignedData data)
    {
        data = default;
        var reader = new WireReader(request.Data);
        if (!reader.TryReadString(out ReadOnlySpan<byte> session) || session.IsEmpty
            || !reader.TryReadByte(out byte type) || type != UserAuthRequest
            || !reader.TryReadString(out ReadOnlySpan<byte> user)
            || !reader.TryReadString(out ReadOnlySpan<byte> service)
            || !reader.TryReadString(out ReadOnlySpan<byte> method)
            || !reader.TryReadBoolean(out bool isSigned) || !isSigned
            || !reader.TryReadString(out ReadOnlySpan<byte> algorithm)
            || !reader.TryReadString(out ReadOnlySpan<byte> key) || !IsSameKey(key, request.KeyBlob))
        {
            return false;
        }

        ReadOnlySpan<byte> hostKey = default;
        bool isBound = method.SequenceEqual("publickey-hostbound-v00@openssh.com"u8);
        bool isLogin = isBound ? reader.TryReadString(out hostKey) : method.SequenceEqual("publickey"u8);
        if (!isLogin || reader.Remaining > 0)
        {
            return false;
        }

        data = new SignedData
        {
            Kind = SignedDataKind.Login,
            SessionId = session,
            User = user,
            Service = service,
            Algorithm = algorithm,
            KeyBlob = key,
            HostKey = hostKey,
        };
        return true;
    }

    /// <summary>ssh logs in with a certificate, and asks the agent for a signature by its plain key.</summary>
    private static bool IsSameKey(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.SequenceEqual(other) || Certificate.KeyOf(one).AsSpan().SequenceEqual(Certificate.KeyOf(other));

    private static bool TryReadMessage(ReadOnlySpan<byte> bytes, out SignedData data)
    {
        ReadOnlySpan<byte> preamble = "SSHSIG"u8;
        data = default;
        if (!bytes.StartsWith(preamble))
        {
            return false;
        }

        var reader = new WireReader(bytes[preamble.Length..]);
        if (!reader.TryReadString(out ReadOnlySpan<byte> space) || space.IsEmpty
            || !reader.TryReadString(out _)
            || !reader.TryReadString(out ReadOnlySpan<byte> hash)
            || !reader.TryReadString(out _)
            || reader.Remaining > 0)
        {
            return false;
        }

        data = new SignedData { Kind = SignedDataKind.Message, Namespace = space, HashAlgorithm = hash };
        return true;
    }
}

/// <summary>What a signature is for.</summary>
public enum SignedDataKind
{
    /// <summary>Neither of the others, or damaged.</summary>
    Unknown,

    /// <summary>A login on a server.</summary>
    Login,

    /// <summary>A file, a commit, a tag: whatever ssh-keygen -Y sign signs.</summary>
    Message,
}
