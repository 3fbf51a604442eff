using System.Globalization;

namespace Fairlead.Core.Multiplexers;

/// <summary>TMUX, which a tmux server sets for the first process of each pane: its socket, its pid, a session (tmux(1)).</summary>
internal sealed record TmuxVariable(string Socket, int ServerPid)
{
    public const string Name = "TMUX";

    /// <summary>Names the pane: "%0".</summary>
    public const string PaneName = "TMUX_PANE";

    /// <returns>Null for anything else; the socket's path may itself hold commas.</returns>
    public static TmuxVariable? Parse(string? value)
    {
        string[] fields = value?.Split(',') ?? [];
        return fields.Length >= 3 && value!.StartsWith('/') && int.TryParse(fields[^2], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? new TmuxVariable(string.Join(',', fields[..^2]), pid)
            : null;
    }
}
