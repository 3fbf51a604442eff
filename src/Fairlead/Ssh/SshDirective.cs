namespace Fairlead.Ssh;

/// <summary>One setting of ssh_config or sshd_config.</summary>
/// <param name="Keyword">As it is written; its case means nothing.</param>
/// <param name="Block">"Host web01", "Match user al"; null when it holds for all.</param>
internal sealed record SshDirective(string File, int Line, string Keyword, string Value, string? Block)
{
    /// <summary>As error messages name a line: FILE:LINE.</summary>
    public string Place => $"{File}:{Line}";

    public bool Is(string keyword) => Keyword.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool Says(string value) => Value.Equals(value, StringComparison.OrdinalIgnoreCase);
}
