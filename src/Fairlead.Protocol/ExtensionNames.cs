namespace Fairlead.Protocol;

/// <summary>The extensions that mean something to fairlead. All others pass through.</summary>
public static class ExtensionNames
{
    /// <summary>Ties a connection to one login on one host (PROTOCOL.agent, section 1): see <see cref="Protocol.SessionBind"/>.</summary>
    public static ReadOnlySpan<byte> SessionBind => "session-bind@openssh.com"u8;

    /// <summary>
    /// Which extensions do you know? (RFC 9987, section 5.8.1). Agents answer at once and ask nobody, even if only with FAILURE (ssh-agent
    /// 9.2), so it tests for life without side effects. Ask on a separate connection and close it: ssh-agent 10.3 sends a SUCCESS after its
    /// answer, which the next request on that connection would take for its own.
    /// </summary>
    public static ReadOnlySpan<byte> Query => "query"u8;

    /// <summary>Are you a fairlead, and does your route lead back to me? See <see cref="TraceExtension"/>.</summary>
    public static ReadOnlySpan<byte> Trace => "trace@fairlead"u8;
}
