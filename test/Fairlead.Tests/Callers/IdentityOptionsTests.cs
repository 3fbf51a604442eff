using CsCheck;
using Fairlead.Core.Callers;

namespace Fairlead.Tests.Callers;

public sealed class IdentityOptionsTests
{
    [Theory]
    [InlineData("ssh -i k web01", "k")]
    [InlineData("/usr/bin/ssh -ik web01", "k")]
    [InlineData("ssh -vvi k -p 22 web01", "k")]
    [InlineData("ssh -p 22 web01 -i k true", "k")]
    [InlineData("ssh web01 command -i k")]
    [InlineData("ssh -p -i web01")]
    [InlineData("ssh -o IdentityFile=k -o IdentitiesOnly=yes -i l web01", "k", "l")]
    [InlineData("ssh -oidentityfile=k web01", "k")]
    [InlineData("ssh web01")]
    [InlineData("ssh-keygen -Y sign -n git -f k.pub /tmp/buffer", "k.pub")]
    [InlineData("ssh-keygen -Y verify -n git -f allowed -I al -s s")]
    [InlineData("ssh-keygen -l -f k.pub")]
    [InlineData("scp -i k a web01:b")]
    [InlineData("")]
    public void The_files_are_those_that_the_program_would_use(string commandLine, params string[] files)
        => Assert.Equal(files, IdentityOptions.FilesIn(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void A_keyword_and_its_value_may_be_apart()
        => Assert.Equal(["my key"], IdentityOptions.FilesIn(["ssh", "-o", "IdentityFile \"my key\"", "web01"]));

    [Fact]
    public void Any_command_line_is_read_without_a_fault() =>
        Gen.String.Array[0, 8].Sample(arguments => _ = IdentityOptions.FilesIn(["ssh", .. arguments]).Count()
            + IdentityOptions.FilesIn(["ssh-keygen", .. arguments]).Count());
}
