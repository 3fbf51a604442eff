using System.Text;
using Fairlead.Core.Callers;

namespace Fairlead.Tests.Callers;

public sealed class EnvironmentBlockTests
{
    [Theory]
    [InlineData("A=1\0SSH_AUTH_SOCK=/a\0B=2\0", "/a")]
    [InlineData("SSH_AUTH_SOCK=/a", "/a")]
    [InlineData("SSH_AUTH_SOCK=/a\0SSH_AUTH_SOCK=/b\0", "/a")]
    [InlineData("XSSH_AUTH_SOCK=/a\0SSH_AUTH_SOCKX=/b\0", null)]
    [InlineData("SSH_AUTH_SOCK=\0SSH_AUTH_SOCK=/b\0", null)]
    [InlineData("SSH_AUTH_SOCK\0", null)]
    [InlineData("\0\0SSH_AUTH_SOCK=/a\0", "/a")]
    [InlineData("", null)]
    public void The_variable_is_found_as_getenv_finds_it(string block, string? expected) =>
        Assert.Equal(expected, EnvironmentBlock.Find(Encoding.UTF8.GetBytes(block), "SSH_AUTH_SOCK"));
}
