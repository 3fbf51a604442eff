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

    /// <summary>What its program is called: "tmux"; "multiplexer" where that is not known.</summary>
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

/// <summary>One terminal that shows the caller's multiplexer session.</summary>
internal sealed record AttachmentReport
{
    /// <summary>Below /dev: "pts/3"; empty for a program without one that is connected to the server above the caller.</summary>
    public required string Terminal { get; init; }

    /// <summary>The address that the login there comes from, where it is known.</summary>
    public string? From { get; init; }

    public int? LoginPid { get; init; }

    public DateTimeOffset? LastTyped { get; init; }

    /// <summary>The caller's window is in view there.</summary>
    public required bool ShowsWindow { get; init; }

    public required bool ReadOnly { get; init; }
}
