namespace Fairlead.Protocol;

/// <summary>
/// The first byte of a message: what it asks or answers. Names and numbers are those of RFC 9987 and of OpenSSH's authfd.h,
/// so that a reader can search for them there.
/// </summary>
public enum AgentMessageType : byte
{
    /// <summary>The agent could not or would not do it (RFC 9987, section 5.1). Also ssh-agent's answer to every unknown request.</summary>
    SSH_AGENT_FAILURE = 5,

    /// <summary>Done; there is nothing more to say (RFC 9987, section 5.1).</summary>
    SSH_AGENT_SUCCESS = 6,

    /// <summary>Protocol 1: add an RSA key (authfd.h). Refused by today's agents, but it carries a private key.</summary>
    SSH_AGENTC_ADD_RSA_IDENTITY = 7,

    /// <summary>Protocol 1: remove an RSA key (authfd.h). Refused by today's agents.</summary>
    SSH_AGENTC_REMOVE_RSA_IDENTITY = 8,

    /// <summary>
    /// Protocol 1: remove all RSA keys (authfd.h). ssh-agent.c still obeys it, and removes ALL keys of every kind: code that guards
    /// <see cref="SSH_AGENTC_REMOVE_ALL_IDENTITIES"/> must also guard this one.
    /// </summary>
    SSH_AGENTC_REMOVE_ALL_RSA_IDENTITIES = 9,

    /// <summary>Which keys are there? (RFC 9987, section 5.5)</summary>
    SSH_AGENTC_REQUEST_IDENTITIES = 11,

    /// <summary>These keys are there, each with its comment (RFC 9987, section 5.5).</summary>
    SSH_AGENT_IDENTITIES_ANSWER = 12,

    /// <summary>Sign these bytes with that key (RFC 9987, section 5.6).</summary>
    SSH_AGENTC_SIGN_REQUEST = 13,

    /// <summary>The signature (RFC 9987, section 5.6).</summary>
    SSH_AGENT_SIGN_RESPONSE = 14,

    /// <summary>Keep this private key (RFC 9987, section 5.2).</summary>
    SSH_AGENTC_ADD_IDENTITY = 17,

    /// <summary>Forget that key (RFC 9987, section 5.4).</summary>
    SSH_AGENTC_REMOVE_IDENTITY = 18,

    /// <summary>Forget all keys (RFC 9987, section 5.4).</summary>
    SSH_AGENTC_REMOVE_ALL_IDENTITIES = 19,

    /// <summary>Use the keys of this token; names a library and carries a PIN (RFC 9987, section 5.2.6).</summary>
    SSH_AGENTC_ADD_SMARTCARD_KEY = 20,

    /// <summary>Forget the keys of this token; also carries a PIN (RFC 9987, section 5.4).</summary>
    SSH_AGENTC_REMOVE_SMARTCARD_KEY = 21,

    /// <summary>Answer nothing until the same passphrase comes back (RFC 9987, section 5.7).</summary>
    SSH_AGENTC_LOCK = 22,

    /// <summary>The passphrase that ends a lock (RFC 9987, section 5.7).</summary>
    SSH_AGENTC_UNLOCK = 23,

    /// <summary>Protocol 1: add an RSA key with constraints (authfd.h). Refused by today's agents, but it carries a private key.</summary>
    SSH_AGENTC_ADD_RSA_ID_CONSTRAINED = 24,

    /// <summary>Keep this private key, with limits on its use (RFC 9987, section 5.2.7).</summary>
    SSH_AGENTC_ADD_ID_CONSTRAINED = 25,

    /// <summary>Use the keys of this token, with limits on their use (RFC 9987, section 5.2.7).</summary>
    SSH_AGENTC_ADD_SMARTCARD_KEY_CONSTRAINED = 26,

    /// <summary>A request that its name describes (RFC 9987, section 5.8; PROTOCOL.agent).</summary>
    SSH_AGENTC_EXTENSION = 27,

    /// <summary>The extension is known, and failed (RFC 9987, section 5.8). <see cref="SSH_AGENT_FAILURE"/> answers unknown ones.</summary>
    SSH_AGENT_EXTENSION_FAILURE = 28,

    /// <summary>The extension's own answer, which begins with its name (RFC 9987, section 5.8).</summary>
    SSH_AGENT_EXTENSION_RESPONSE = 29,
}
