using CsCheck;
using Fairlead.Commands;

namespace Fairlead.Tests.Commands;

public sealed class DaemonArgumentsTests
{
    [Fact]
    public void Without_options_nothing_is_set() => Assert.Equal(new DaemonArguments(null, null), Parse());

    [Fact]
    public void Both_options_are_read_in_any_order()
    {
        var expected = new DaemonArguments("/c.toml", "/s.sock");

        Assert.Equal(expected, Parse("--config", "/c.toml", "--socket", "/s.sock"));
        Assert.Equal(expected, Parse("--socket", "/s.sock", "--config", "/c.toml"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--socket")]
    [InlineData("--socket", "")]
    [InlineData("--socket", "--config")]
    [InlineData("--socket", "/a", "--socket", "/b")]
    [InlineData("--socket=/a")]
    [InlineData("here")]
    public void Any_other_form_is_left_to_the_command_line_library(params string[] arguments) => Assert.Null(Parse(arguments));

    private static DaemonArguments? Parse(params string[] arguments) => DaemonArguments.TryParse(arguments);

    [Fact]
    public void Any_arguments_are_read_or_left_to_the_library() =>
        Noise.OneOf("--config", "--socket", "/a", "", "-", "--config=/a").Array[0, 6].Sample(arguments =>
        {
            var read = DaemonArguments.TryParse(arguments);
            Assert.True(read is null || arguments.Length == 2 * new[] { read.ConfigurationFile, read.Socket }.Count(value => value is not null));
        });
}
