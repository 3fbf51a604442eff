using Fairlead.Commands;
using Fairlead.Output;

namespace Fairlead.Tests.Deploy;

/// <summary>The command line of <c>fairlead deploy</c>, as far as no host is needed.</summary>
public sealed class DeployCommandTests
{
    [Theory]
    [InlineData("host")]
    [InlineData("host other --check --jobs 64 --prefix /opt/al --timeout 5s --json")]
    [InlineData("- --yes --undo")]
    public void These_are_understood(string words) => Assert.Empty(CommandTree.Build().Parse($"deploy {words}").Errors);

    [Theory]
    [InlineData("")]
    [InlineData("host --jobs 0")]
    [InlineData("host --jobs 65")]
    [InlineData("host --prefix=")]
    [InlineData("host --timeout soon")]
    public void These_are_mistakes(string words) => Assert.NotEmpty(CommandTree.Build().Parse($"deploy {words}").Errors);

    /// <summary>What a shell has made of a tilde means the home there, as the tilde itself does.</summary>
    [Theory]
    [InlineData("opt", "opt")]
    [InlineData("~/opt", "opt")]
    [InlineData("/Users/me/opt", "opt")]
    [InlineData("/Users/me", ".")]
    [InlineData("~", ".")]
    [InlineData("/Users/meow/opt", "/Users/meow/opt")]
    [InlineData("/opt/al", "/opt/al")]
    public void A_prefix_is_below_the_home_there(string typed, string meant) => Assert.Equal(meant, DeployCommand.BelowHome(typed, "/Users/me"));

    [Fact]
    public void Without_a_yes_no_host_is_touched()
    {
        var output = new StringWriter();
        var error = new StringWriter();

        Assert.Equal(ExitCode.Failed, CommandLine.Run(["deploy", "nowhere.invalid"], output, error));

        Assert.Contains("on 1 host, as ~/.local/bin/fairlead:\n  nowhere.invalid\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("fairlead: nothing was changed\nhint: fairlead deploy --yes, or --check\n", error.ToString());
    }
}
