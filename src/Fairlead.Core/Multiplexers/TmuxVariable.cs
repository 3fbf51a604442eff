using System.Globalization;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// TMUX, which a tmux server sets for the first process of each pane, and for jobs that are not panes (popups, run-shell, if-shell, hooks):
/// its socket, its pid, the number of a session.
/// </summary>
/// <param name="Session">
/// The session's id: "$0". Null if there is none: "#()" in a status line has -1 (job_run, tmux's job.c; measured with 3.3a).
/// </param>
internal sealed record TmuxVariable(string Socket, int ServerPid, string? Session = null)
{
    public const string Name = "TMUX";

    /// <summary>Names the pane: "%0".</summary>
    public const string PaneName = "TMUX_PANE";

    /// <returns>Null for anything else; the socket's path may itself contain commas.</returns>
    public static TmuxVariable? Parse(string? value)
    {
        string[] fields = value?.Split(',') ?? [];
        return fields.Length >= 3 && value!.StartsWith('/') && int.TryParse(fields[^2], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? new TmuxVariable(string.Join(',', fields[..^2]), pid, SessionOf(fields[^1]))
            : null;
    }

    private static string? SessionOf(string field) =>
        uint.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? FormattableString.Invariant($"${number}") : null;
}
