using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>When somebody typed in a session that is shown in a pane of another multiplexer: what is known of the pane's terminal, and of the outermost.</summary>
public sealed class InnerTypingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 5.0, false, 5.0)]
    [InlineData(5.0, null, false, 5.0)]
    [InlineData(null, null, false, null)]
    [InlineData(8.0, 5.0, false, 5.0)] // nobody typed inside who has not typed outside
    [InlineData(8.0, 5.0, true, 5.0)]
    [InlineData(0.0, 5.0, false, 5.0)] // the access time is behind by up to 8 s: it may be the same typing
    [InlineData(0.0, 8.0, false, 0.0)] // it cannot be: that was typed in another pane
    [InlineData(0.0, 5.0, true, 0.0)] // the moment inside is exact
    public void The_exact_moment_counts_where_it_may_be_the_same(double? inner, double? outer, bool isNoted, double? expected) =>
        Assert.Equal(After(expected), MultiplexerReader.LastTypedInside(After(inner), After(outer), isNoted));

    private static DateTimeOffset? After(double? seconds) => seconds is double later ? Noon.AddSeconds(later) : null;
}
