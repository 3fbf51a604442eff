using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

/// <summary>How a file of setup's making is told from all others.</summary>
public sealed class SealTests
{
    [Fact]
    public void A_sealed_text_is_known_by_itself() => Assert.True(Seal.Holds(Seal.Put("a\nb\n", "#")));

    [Theory]
    [InlineData("a\nb\n", "a\nc\n")]
    [InlineData("b\n", "b\nmine\n")]
    [InlineData("", "mine\n")]
    public void A_change_anywhere_shows(string before, string after)
    {
        string text = Seal.Put(before, "#");
        Assert.False(Seal.Holds(after + text[before.Length..]));
        Assert.False(Seal.Holds(text + "mine\n"));
        Assert.False(Seal.Holds(text.TrimEnd('\n')));
    }

    [Fact]
    public void Any_other_text_has_no_seal() => Assert.Null(Seal.Holds("a\nb\n"));

    /// <summary>Files that are out there hold it: it cannot change.</summary>
    [Fact]
    public void It_is_the_same_in_every_version() =>
        Assert.Equal("a\n# made by 'fairlead setup', which replaces it while this checksum holds: 87428fc522803d31\n", Seal.Put("a\n", "#"));
}
