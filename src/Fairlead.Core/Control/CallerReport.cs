namespace Fairlead.Core.Control;

/// <summary>The process that a route is for.</summary>
internal sealed record CallerReport
{
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    /// <summary>What sentences call it: "this shell", "ssh".</summary>
    public required string Subject { get; init; }

    /// <summary>The session process of the login that it runs in, where that login has an agent.</summary>
    public int? LoginPid { get; init; }

    /// <summary>"tmux", "screen" or "multiplexer".</summary>
    public string? Multiplexer { get; init; }

    /// <summary>The names of its sessions that the process is seen in.</summary>
    public required IReadOnlyList<string> Sessions { get; init; }

    public int? MultiplexerPid { get; init; }

    /// <summary>The address that its environment says it came from.</summary>
    public string? From { get; init; }

    public required IReadOnlyList<AttachmentReport> Attachments { get; init; }

    /// <summary>What could not be read of it: "ancestors", "environment", "attachments", "session". Where one of these is here, its being empty says nothing.</summary>
    public required IReadOnlyList<string> Unread { get; init; }
}
