using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class TypedPathTests
{
    [Theory]
    [InlineData("/home/al/.bashrc", "~/.bashrc")]
    [InlineData("/home/al/my files/rc", "'/home/al/my files/rc'")]
    [InlineData("/home/alan/.bashrc", "/home/alan/.bashrc")]
    [InlineData("/etc/ssh/ssh_config", "/etc/ssh/ssh_config")]
    [InlineData("/tmp/$(x)", "'/tmp/$(x)'")]
    public void A_path_is_one_word_of_the_shell(string path, string typed) => Assert.Equal(typed, TypedPath.Of(path, "/home/al"));

    [Fact]
    public void A_home_at_the_root_is_left_as_it_is() => Assert.Equal("/etc/x", TypedPath.WithoutHome("/etc/x", "/"));
}
