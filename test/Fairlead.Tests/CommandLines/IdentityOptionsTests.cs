using CsCheck;
using Fairlead.Core.CommandLines;

namespace Fairlead.Tests.CommandLines;

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

    private static readonly Gen<string> File = Gen.String[Gen.Char["ab/.~ -"], 1, 8].Where(file => file.Trim(' ', '-').Length > 0 && file[0] is not ('-' or ' '));

    /// <summary>A word or two of a command line, and the file that they name.</summary>
    private static readonly Gen<(string[] Words, string? File)> Option = Gen.Select(File, Gen.Int[0, 8]).Select<string, int, (string[], string?)>((file, form) => form switch
    {
        0 => (["-i", file], file),
        1 => ([$"-i{file}"], file),
        2 => (["-vvi", file], file),
        3 => ([$"-4Ni{file}"], file),
        4 => (["-o", $"IdentityFile={file}"], file),
        5 => ([$"-oidentityfile {file}"], file),
        6 => (["-p", file], null),
        7 => (["-Aq"], null),
        _ => (["-o", $"User={file}"], null),
    });

    [Fact]
    public void However_options_are_written_their_files_are_found_and_no_others() =>
        Gen.Select(Option.Array[0, 5], Option.Array[0, 5], Option.Array[0, 3]).Sample((before, behind, remote) =>
        {
            string[] words = ["ssh", .. before.SelectMany(option => option.Words), "web01", .. behind.SelectMany(option => option.Words), "command", .. remote.SelectMany(option => option.Words)];
            IEnumerable<string> trimmed = before.Concat(behind).Select(option => option.File).OfType<string>();
            Assert.Equal(trimmed.Select(file => file.TrimEnd()), IdentityOptions.FilesIn(words).Select(file => file.TrimEnd()));
        });

    [Fact]
    public void The_longest_command_line_is_read() =>
        Assert.Equal(130_000, IdentityOptions.FilesIn(["ssh", .. Enumerable.Repeat("-ik", 130_000), new string('v', 100_000)]).Count());

    [Fact]
    public void Any_command_line_is_read_without_a_fault() =>
        Gen.String.Array[0, 8].Sample(arguments => _ = IdentityOptions.FilesIn(["ssh", .. arguments]).Count()
            + IdentityOptions.FilesIn(["ssh-keygen", .. arguments]).Count());
}
