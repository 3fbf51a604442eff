using Fairlead.Core.Options;

namespace Fairlead.Tests.Options;

public sealed class HoldTimeoutsTests
{
    [Theory]
    [InlineData("0s", null, false, 0)]
    [InlineData("8h", null, false, 28_800)]
    [InlineData("8h", null, true, 90)]
    [InlineData("60s", null, true, 60)]
    [InlineData("0s", "60s", true, 60)]
    [InlineData("0s", "8h", true, 90)]
    [InlineData("8h", "0", false, 0)]
    [InlineData("8h", "soon", false, 28_800)]
    public void A_caller_s_own_word_counts_more_than_the_configuration_and_the_bound_more_than_both(
        string configured, string? wish, bool isBound, int seconds)
    {
        Assert.True(DurationText.TryParseOrZero(configured, out TimeSpan time));

        Assert.Equal(seconds, new HoldTimeouts { Time = time }.For(wish, isBound).TotalSeconds);
    }
}
