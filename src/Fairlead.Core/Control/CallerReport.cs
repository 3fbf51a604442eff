namespace Fairlead.Core.Control;

/// <summary>The process that a route is for.</summary>
internal sealed record CallerReport
{
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    /// <summary>Its name in sentences: "this shell", "ssh".</summary>
    public required string Subject { get; init; }

    /// <summary>The session process of the login that it runs in, if that login has an agent.</summary>
    public int? LoginPid { get; init; }

    /// <summary>The name of its program: "tmux"; "multiplexer" if that is not known.</summary>
    public string? Multiplexer { get; init; }

    /// <summary>The names of its sessions that show the process.</summary>
    public required IReadOnlyList<string> Sessions { get; init; }

    public int? MultiplexerPid { get; init; }

    /// <summary>The address that its environment says it came from.</summary>
    public string? From { get; init; }

    public required IReadOnlyList<AttachmentReport> Attachments { get; init; }

    /// <summary>
    /// The facts that could not be read: "ancestors", "environment", "attachments", "session". For these an empty value says nothing.
    /// </summary>
    public required IReadOnlyList<string> Unread { get; init; }
}

/// <summary>One terminal that shows the caller's multiplexer session.</summary>
internal sealed record AttachmentReport
{
    /// <summary>Below /dev: "pts/3"; empty for a program that has none and is connected to the server above the caller.</summary>
    public required string Terminal { get; init; }

    /// <summary>The address that the login there comes from, if it is known.</summary>
    public string? From { get; init; }

    public int? LoginPid { get; init; }

    public DateTimeOffset? LastTyped { get; init; }

    /// <summary>The caller's window is in view there.</summary>
    public required bool ShowsWindow { get; init; }

    public required bool ReadOnly { get; init; }
}
