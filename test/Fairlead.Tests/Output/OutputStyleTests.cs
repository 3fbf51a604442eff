using Fairlead.Output;

namespace Fairlead.Tests.Output;

public sealed class OutputStyleTests
{
    [Theory]
    [InlineData(true, null, "xterm-256color", true)]
    [InlineData(true, "", "xterm-256color", true)]
    [InlineData(true, "1", "xterm-256color", false)]
    [InlineData(true, null, "dumb", false)]
    [InlineData(true, null, null, false)]
    [InlineData(false, null, "xterm-256color", false)]
    public void Colour_needs_a_terminal_that_has_it_and_a_person_who_wants_it(bool isTerminal, string? noColour, string? terminal, bool colour) =>
        Assert.Equal(colour, OutputStyle.Decide(isTerminal, noColour, terminal, 80).Colour);

    [Theory]
    [InlineData(132, 132)]
    [InlineData(0, 80)]
    public void A_terminal_that_does_not_tell_its_width_has_80_columns(int columns, int width) =>
        Assert.Equal(width, OutputStyle.Decide(true, null, "xterm", columns).Width);
}
