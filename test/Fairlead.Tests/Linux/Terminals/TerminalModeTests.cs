using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Tests.Linux.Terminals;

public sealed class TerminalModeTests
{
    [Fact]
    public void A_terminal_passes_on_each_key_and_is_then_as_it_was()
    {
        using var terminal = new PseudoTerminal();
        string before = terminal.Settings();
        using (TerminalMode? mode = TerminalMode.TryEnter(terminal.Slave))
        {
            Assert.NotNull(mode);
            string within = terminal.Settings();
            Assert.Contains("-icanon", within, StringComparison.Ordinal);
            Assert.Contains("-echo ", within, StringComparison.Ordinal);
            Assert.Contains("-isig", within, StringComparison.Ordinal);
        }

        Assert.Equal(before, terminal.Settings());
    }

    [Fact]
    public void What_is_no_terminal_has_no_mode()
    {
        using var folder = new TempFolder();
        using FileStream file = File.Create(folder["file"]);

        Assert.Null(TerminalMode.TryEnter((int)file.SafeFileHandle.DangerousGetHandle()));
        Assert.Equal(0, TerminalSize.Rows((int)file.SafeFileHandle.DangerousGetHandle()));
    }
}
