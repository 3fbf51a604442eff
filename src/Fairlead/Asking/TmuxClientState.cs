using System.Globalization;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Asking;

/// <summary>A client of tmux at a moment.</summary>
/// <param name="Terminal">Its own, below /dev.</param>
/// <param name="Pane">The terminal of the pane that gets its keys, below /dev.</param>
/// <param name="Activity">When somebody typed there most recently, in whole seconds; keys that go to a popup do not count (tmux 3.3a).</param>
internal sealed record TmuxClientState(string Terminal, string Pane, int Columns, int Rows, DateTimeOffset Activity, bool IsReadOnly, bool IsControlMode)
{
    /// <summary>What a question needs, with the frame of the popup.</summary>
    private const int FewestColumns = 60;

    private const int FewestRows = 9;

    /// <summary>No key that is on its way may be taken for an answer. tmux counts whole seconds, so this is a pause of 0.7 s at least.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1700);

    private const string Format =
        "#{client_width}|#{client_height}|#{client_activity}|#{client_readonly}|#{client_control_mode}|#{pane_tty}|#{client_tty}";

    public bool HasRoom => Columns >= FewestColumns && Rows >= FewestRows && !IsReadOnly && !IsControlMode;

    public bool PausesAt(DateTimeOffset now) => now - Activity >= Pause;

    /// <summary>Asks tmux for all its clients. On the worker.</summary>
    /// <returns>Null if it does not answer.</returns>
    public static IReadOnlyList<TmuxClientState>? Read(ServerPrograms programs, MultiplexerServer server, TimeSpan patience) =>
        programs.Ask(server, patience, () => TmuxCommand.For(server, "list-clients", "-F", Format)) is string answer
            ? [.. answer.Split('\n').Select(Parse).OfType<TmuxClientState>()]
            : null;

    internal static TmuxClientState? Parse(string line) =>
        line.Split('|', 7) is [var columns, var rows, var activity, var isReadOnly, var isControl, var pane, var terminal]
        && int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int width)
        && int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out int height)
        && uint.TryParse(activity, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds)
            ? new TmuxClientState(
                TerminalDevice.BelowDev(terminal),
                TerminalDevice.BelowDev(pane),
                width,
                height,
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                isReadOnly == "1",
                isControl == "1")
            : null;
}
