using Fairlead.Asking;

namespace Fairlead.Tests.Asking;

/// <summary>One line of tmux about a client on which a popup is to open.</summary>
public sealed class TmuxClientStateTests
{
    private const int Seconds = 1_790_000_000;

    [Fact]
    public void A_line_says_how_large_it_is_and_when_somebody_typed() =>
        Assert.Equal(new TmuxClientState("pts/3", "pts/7", 120, 40, At(0), IsReadOnly: false, IsControlMode: false), Parse("120|40|1790000000|0|0|/dev/pts/7|/dev/pts/3"));

    [Theory]
    [InlineData("120|40|1790000000|0|0|/dev/pts/7")]
    [InlineData("-1|40|1790000000|0|0|/dev/pts/7|/dev/pts/3")]
    [InlineData("120||1790000000|0|0|/dev/pts/7|/dev/pts/3")]
    [InlineData("120|40|99999999999|0|0|/dev/pts/7|/dev/pts/3")]
    [InlineData("")]
    public void What_tmux_would_not_say_is_no_client(string line) => Assert.Null(Parse(line));

    [Theory]
    [InlineData("60|9|1790000000|0|0|/dev/pts/7|/dev/pts/3", true)]
    [InlineData("59|9|1790000000|0|0|/dev/pts/7|/dev/pts/3", false)]
    [InlineData("60|8|1790000000|0|0|/dev/pts/7|/dev/pts/3", false)]
    [InlineData("60|9|1790000000|1|0|/dev/pts/7|/dev/pts/3", false)]
    [InlineData("60|9|1790000000|0|1|/dev/pts/7|/dev/pts/3", false)]
    public void A_question_needs_room_and_somebody_who_can_type(string line, bool hasRoom) => Assert.Equal(hasRoom, Parse(line)!.HasRoom);

    /// <summary>tmux leaves off what is below a second: the key may have come at the end of it.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1699, false)]
    [InlineData(1700, true)]
    public void It_opens_when_nobody_has_typed_for_seven_tenths_of_a_second(int milliseconds, bool pauses) =>
        Assert.Equal(pauses, Parse("120|40|1790000000|0|0|/dev/pts/7|/dev/pts/3")!.PausesAt(At(milliseconds)));

    private static DateTimeOffset At(int milliseconds) => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddMilliseconds(milliseconds);

    private static TmuxClientState? Parse(string line) => TmuxClientState.Parse(line);
}
