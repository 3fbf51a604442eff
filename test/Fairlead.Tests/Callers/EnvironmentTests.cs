using System.Text;
using CsCheck;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Callers;

/// <summary>The environments of other people's programs, and the variables in them that mean something here.</summary>
public sealed class EnvironmentTests
{
    private static readonly Gen<string> Entry = Gen.Select(Noise.OneOf("A", "AB", "B", "", "A=", "=A"), Noise.OneOf("", "=", "=x", "=/tmp/s", "x"))
        .Select((name, rest) => name + rest);

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

    [Fact]
    public void A_variable_is_the_first_of_its_name_whoever_looks() => Entry.Array[0, 8].Sample(entries =>
    {
        byte[] block = Encoding.UTF8.GetBytes(string.Concat(entries.Select(entry => entry + '\0')));
        string? first = entries.Select(entry => entry.Split('=', 2)).FirstOrDefault(parts => parts is ["A", _])?[1];

        Assert.Equal(first is "" ? null : first, EnvironmentBlock.Find(block, "A"));
        Assert.Equal(first is "" ? null : first, EnvironmentBlock.Find(ProcessFile.StringsIn(block), "A"));
    });

    [Fact]
    public void Any_block_is_survived_by_both_in_the_same_way() => Noise.BytesAround("A=", "A", "=", "\0", "x").Sample(block =>
        Assert.Equal(EnvironmentBlock.Find(ProcessFile.StringsIn(block), "A"), EnvironmentBlock.Find(block, "A")));

    [Fact]
    public void Without_an_environment_there_is_no_variable() => Assert.Null(EnvironmentBlock.Find(environment: null, "A"));

    [Fact]
    public void The_client_of_a_connection_is_its_first_word() => Noise.Around("192.0.2.1", " ", "22", "::1").Sample(value =>
    {
        string? address = ConnectionVariable.ClientAddressOf(value);
        Assert.Equal(value.Length == 0 || value[0] == ' ' ? null : value[..(value + " ").IndexOf(' ')], address);
    });

    [Fact]
    public void A_screen_server_and_its_session_are_read_from_what_it_set() =>
        Gen.Select(Gen.Int[1, int.MaxValue], Gen.String[Gen.Char["ab. \n"], 0, 8]).Sample((pid, name) =>
        {
            Assert.Equal(pid, Screen.ServerPid($"{pid}.{name}"));
            Assert.Equal(name, Screen.SessionIn($"{pid}.{name}", pid));
            Assert.Null(Screen.SessionIn($"{pid}.{name}", pid - 1));
        });

    [Theory]
    [InlineData("4711")]
    [InlineData("")]
    [InlineData(null)]
    public void What_names_no_session_of_a_screen_server_is_survived(string? value) => Assert.Null(Screen.SessionIn(value, 4711));

    [Fact]
    public void Any_value_is_survived_as_that_of_screen() => Noise.Around(".", "7", "-", "name").Sample(value =>
    {
        int pid = Screen.ServerPid(value);
        Assert.True(pid >= 0);
        Assert.True(Screen.SessionIn(value, pid) is null || value.StartsWith(value[..(value.IndexOf('.') + 1)], StringComparison.Ordinal));
    });

    [Fact]
    public void A_tmux_server_is_read_from_what_it_set() =>
        Gen.Select(Gen.String[Gen.Char["ab,./ \n"], 0, 12], Gen.Int[0, int.MaxValue], Gen.Int[0, 99]).Sample((path, pid, session) =>
            Assert.Equal(new TmuxVariable("/" + path, pid, $"${session}"), TmuxVariable.Parse($"/{path},{pid},{session}")));

    [Fact]
    public void Any_value_is_survived_as_that_of_tmux() => Noise.Around("/tmp/tmux-0/default", ",", "7", "-").Sample(value =>
    {
        var read = TmuxVariable.Parse(value);
        Assert.True(read is null || (value.StartsWith(read.Socket + ",", StringComparison.Ordinal) && read.Socket[0] == '/'));
    });
}
