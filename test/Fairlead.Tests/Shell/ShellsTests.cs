using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class ShellsTests
{
    [Theory]
    [InlineData("zsh", "zsh")]
    [InlineData("/bin/zsh", "zsh")]
    [InlineData("-zsh", "zsh")]
    [InlineData("-/usr/bin/bash", "bash")]
    [InlineData("dash", "sh")]
    [InlineData("/bin/mksh", "ksh")]
    [InlineData("--sh", null)]
    [InlineData("bsh", null)]
    [InlineData("", null)]
    public void A_shell_is_known_by_its_name_its_path_and_its_name_in_a_login(string named, string? name) => Assert.Equal(name, Shells.Find(named)?.Name);
}
