using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

public sealed class NearestWordTests
{
    private static readonly string[] Known = ["status", "start", "stop", "list", "path"];

    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("strat", "start")]
    [InlineData("sotp", "stop")]
    [InlineData("lst", "list")]
    [InlineData("paths", "path")]
    public void A_slip_finds_its_word(string typed, string meant) => Assert.Equal(meant, NearestWord.Find(typed, Known));

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("")]
    [InlineData("x")]
    public void Another_word_altogether_finds_none(string typed) => Assert.Null(NearestWord.Find(typed, Known));
}
