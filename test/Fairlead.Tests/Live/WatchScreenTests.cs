using Fairlead.Live;
using Fairlead.Tests.Multiplexers;

namespace Fairlead.Tests.Live;

/// <summary>In a real terminal.</summary>
public sealed class WatchScreenTests : IDisposable
{
    private const int Columns = 80;
    private const int Rows = 24;

    private readonly TempFolder folder = new();

    [Theory]
    [InlineData(2)]
    [InlineData(Rows)]
    public void A_row_as_wide_as_the_terminal_keeps_its_last_character(int count)
    {
        string[] full = [.. Enumerable.Range(1, count).Select(row => $"{row} ".PadRight(Columns, 'x'))];

        Assert.Equal(full, Shown([.. Enumerable.Repeat("former", Rows)], full));
    }

    [Fact]
    public void Nothing_of_the_former_picture_is_left()
    {
        string[] former = [.. Enumerable.Repeat(new string('f', Columns), Rows)];

        Assert.Equal(["one", "", "three"], Shown(former, ["one", "", "three"]));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>What tmux shows after these pictures.</summary>
    private string[] Shown(params string[][] pictures)
    {
        File.WriteAllText(folder["pictures"], WatchScreen.Enter + string.Concat(pictures.Select(WatchScreen.Of)));
        string tmux = $"/usr/bin/tmux -S '{folder["tmux"]}'";
        using var terminal = new RealTmux(folder["tmux"], $"{tmux} wait-for begin; cat '{folder["pictures"]}'; {tmux} wait-for -S shown; exec sleep 600");
        terminal.Run("set-option", "-g", "status", "off");
        terminal.Run("resize-window", "-t", "main", "-x", $"{Columns}", "-y", $"{Rows}");
        terminal.Run("wait-for", "-S", "begin");
        terminal.Run("wait-for", "shown");
        return terminal.Run("capture-pane", "-p", "-t", "main:0").Split('\n');
    }
}
