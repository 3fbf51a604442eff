using CsCheck;
using Fairlead.Core.Options;

namespace Fairlead.Tests.Options;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("8h", 28_800_000)]
    public void Times_are_read_as_people_write_them(string text, int milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1e3s")]
    [InlineData("1,5s")]
    [InlineData("2d")]
    [InlineData("0.00000001ms")]
    [InlineData("0.0000000000000000000000000001h")]
    [InlineData("999999h")]
    [InlineData("99999999999999999999999999999999999999h")]
    public void What_is_no_time_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("0ms")]
    public void Nothing_is_a_time_where_it_may_be(string text)
    {
        Assert.True(DurationText.TryParseOrZero(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.Zero, duration);
        Assert.Equal("0s", DurationText.Of(duration));
    }

    /// <summary>As for sleep(1) and timeout(1), where a person types it for one command.</summary>
    [Theory]
    [InlineData("60", 60)]
    [InlineData("1.5", 1.5)]
    [InlineData("0", 0)]
    [InlineData("2m", 120)]
    public void A_bare_number_is_seconds(string text, double seconds)
    {
        Assert.True(DurationText.TryParseTyped(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
        Assert.False(DurationText.TryParseTyped($"-{text}", out _));
    }

    [Fact]
    public void Where_nothing_may_be_a_time_all_others_are_read_as_well()
    {
        Assert.True(DurationText.TryParseOrZero("90s", out TimeSpan duration));
        Assert.Equal(90, duration.TotalSeconds);
        Assert.False(DurationText.TryParseOrZero("soon", out _));
    }

    [Fact]
    public void What_is_written_is_read_again() => Gen.Int[1, 100_000_000].Sample(milliseconds =>
    {
        var duration = TimeSpan.FromMilliseconds(milliseconds);
        Assert.True(DurationText.TryParse(DurationText.Of(duration), out TimeSpan read));
        Assert.Equal(duration, read);
    });

    [Fact]
    public void Every_time_that_a_timer_can_count_is_read_again() => Gen.Long[1, DurationText.Longest.Ticks].Sample(ticks =>
    {
        Assert.True(DurationText.TryParse(DurationText.Of(TimeSpan.FromTicks(ticks)), out TimeSpan read));
        Assert.Equal(ticks, read.Ticks);
    });

    [Fact]
    public void What_is_read_is_more_than_nothing_and_less_than_too_long() =>
        Noise.Around("0", "1", "9", ".", "ms", "s", "m", "h", "000000000").Sample(text =>
        {
            Assert.True(!DurationText.TryParse(text, out TimeSpan duration) || (duration > TimeSpan.Zero && duration <= DurationText.Longest));
            Assert.True(!DurationText.TryParseOrZero(text, out duration) || duration >= TimeSpan.Zero);
        });
}
