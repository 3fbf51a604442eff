using Fairlead.Launch;

namespace Fairlead.Tests.Launch;

/// <summary>Which of two builds is older.</summary>
public sealed class BuildAgeTests
{
    [Theory]
    [InlineData("0.1.0", "0.2.0+1a2b3c4d5e6f", "older than")]
    [InlineData("0.10.0+1a2b3c4d5e6f", "0.9.0+1a2b3c4d5e6f", "newer than")]
    [InlineData("0.2.0+1a2b3c4d5e6f", "0.2.0+4.6f5e4d3c2b1a", "older than")]
    [InlineData("0.2.0+12.1a2b3c4d5e6f", "0.2.0+4.6f5e4d3c2b1a", "newer than")]
    [InlineData("0.2.0-rc.1+1a2b3c4d5e6f", "0.2.0+6f5e4d3c2b1a", "older than")]
    [InlineData("0.2.0+123456789012", "0.2.0+210987654321", "another build than")]
    [InlineData("0.2.0", "0.2.0+1a2b3c4d5e6f", "another build than")]
    [InlineData("nonsense", "nonsense too", "another build than")]
    [InlineData(null, "0.2.0", "older than")]
    public void The_names_tell(string? build, string than, string words) => Assert.Equal(words, BuildAge.Of(build, than));
}
