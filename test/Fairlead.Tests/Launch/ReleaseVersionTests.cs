using Fairlead.Launch;

namespace Fairlead.Tests.Launch;

public sealed class ReleaseVersionTests
{
    /// <summary>Each is newer than the one before.</summary>
    [Fact]
    public void Versions_are_in_order()
    {
        string[] versions =
        [
            "0.1.0", "0.1.0+9.1a2b3c4d5e6f", "0.1.9", "0.2.0-alpha", "0.2.0-alpha.1", "0.2.0-rc.2", "0.2.0-rc.10", "0.2.0-rc.10+3", "0.2.0", "0.2.0+4",
            "0.2.0+12.1a2b3c4d5e6f", "0.10.0 (1a2b3c4d5e6f)",
        ];
        ReleaseVersion[] parsed = [.. versions.Select(text => ReleaseVersion.Parse(text)!)];

        Assert.All(Enumerable.Range(1, parsed.Length - 1), i => Assert.Equal((1, -1), (Math.Sign(parsed[i].CompareTo(parsed[i - 1])), Math.Sign(parsed[i - 1].CompareTo(parsed[i])))));
    }

    [Theory]
    [InlineData("0.2.0 (1a2b3c4d5e6f)", "0.2.0")]
    [InlineData("0.2.0+1a2b3c4d5e6f", "0.2.0+6f5e4d3c2b1a")]
    [InlineData("0.2.0+123456789012", "0.2.0+210987654321")]
    public void A_commit_makes_no_version_newer(string one, string other) =>
        Assert.Equal(0, ReleaseVersion.Parse(one)!.CompareTo(ReleaseVersion.Parse(other)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("-1.2")]
    public void What_is_no_version_is_none(string? text) => Assert.Null(ReleaseVersion.Parse(text));
}
