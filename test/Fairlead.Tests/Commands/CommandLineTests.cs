using Fairlead.Commands;
using Fairlead.Output;

namespace Fairlead.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("init")]
    [InlineData("status")]
    [InlineData("why")]
    [InlineData("doctor")]
    [InlineData("pin")]
    [InlineData("unpin")]
    [InlineData("list")]
    [InlineData("env")]
    [InlineData("watch")]
    [InlineData("events")]
    [InlineData("wait")]
    [InlineData("exec")]
    [InlineData("setup")]
    [InlineData("deploy")]
    [InlineData("path")]
    [InlineData("config")]
    [InlineData("start")]
    [InlineData("restart")]
    [InlineData("stop")]
    [InlineData("daemon")]
    [InlineData("completions")]
    [InlineData("help")]
    public void The_help_of_every_command_is_the_one_that_was_read_aloud(string command)
    {
        (int exitCode, string output, string error) = Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((ExitCode.Done, ""), (exitCode, error));
        Snapshot.Matches(command.Length == 0 ? "help.txt" : $"help-{command}.txt", output);
    }

    [Fact]
    public void Every_line_of_help_fits_into_80_columns() =>
        Assert.All(CommandTree.Build().Subcommands.Prepend(CommandTree.Build()), command =>
            Assert.All(HelpPage.For(command).Split('\n'), line => Assert.True(line.Length <= 80, line)));

    [Fact]
    public void A_bare_fairlead_prints_the_help() => Assert.Equal(Run("--help"), Run());

    [Fact]
    public void The_short_option_for_help_is_h() => Assert.Equal(Run("status", "--help"), Run("status", "-h"));

    [Fact]
    public void Help_is_given_whatever_else_is_wrong() => Assert.Equal(Run("status", "--help"), Run("status", "--jsno", "--help"));

    [Fact]
    public void Help_may_be_asked_for_by_a_word() =>
        Assert.Equal((Run(), Run("status", "-h"), Run("help", "-h")), (Run("help"), Run("help", "status"), Run("help", "help")));

    [Fact]
    public void The_short_option_for_the_version_is_V() => Assert.Equal(Run("--version"), Run("-V"));

    [Fact]
    public void The_version_is_one_line() => Assert.Matches(@"^fairlead [0-9]+[.][0-9]+[.][0-9]+\S*( \([0-9a-f]{12}\))?\n$", Run("--version").Output);

    [Theory]
    [InlineData("statsu", "unknown command 'statsu'", "did you mean 'status'?")]
    [InlineData("frobnicate", "unknown command 'frobnicate'", "fairlead --help")]
    [InlineData("version", "unknown command 'version'", "fairlead --version")]
    [InlineData("-v", "unknown option '-v'", "did you mean '-V'?")]
    [InlineData("--status", "unknown option '--status'", "fairlead status")]
    [InlineData("init bsh", "unknown shell 'bsh': fairlead knows bash, zsh, fish, sh, ksh, tcsh, nu, elvish, xonsh, pwsh", "did you mean 'bash'?")]
    [InlineData("completions fihs", "unknown shell 'fihs': fairlead knows bash, zsh, fish, pwsh", "did you mean 'fish'?")]
    [InlineData("config edti", "'edti' is neither edit nor example", "did you mean 'edit'?")]
    [InlineData("config example --json", "--json does not go with 'example'", "fairlead config --help")]
    [InlineData("status --jsno", "unknown option '--jsno'", "did you mean '--json'?")]
    [InlineData("--verison", "unknown option '--verison'", "did you mean '--version'?")]
    [InlineData("status here", "unexpected argument 'here'", "fairlead status --help")]
    [InlineData("status @here", "unexpected argument '@here'", "fairlead status --help")]
    [InlineData("why here", "'here' is not a process id", "fairlead why --help")]
    [InlineData("why 0", "'0' is not a process id", "fairlead why --help")]
    [InlineData("why 1 2", "unexpected argument '2'", "fairlead why --help")]
    [InlineData("pin", "missing argument AGENT", "fairlead pin --help")]
    [InlineData("wait --timeout soon", "'soon' is not a time such as 250ms, 90s, 5m or 8h", "fairlead wait --help")]
    [InlineData("exec --wait 8h", "missing argument COMMAND", "fairlead exec --help")]
    [InlineData("help statsu", "unknown command 'statsu'", "did you mean 'status'?")]
    [InlineData("completions", "which shell? fairlead knows bash, zsh, fish, pwsh", "fairlead completions --help")]
    [InlineData("completions sh", "unknown shell 'sh': fairlead knows bash, zsh, fish, pwsh", "fairlead completions --help")]
    [InlineData("init cmd", "unknown shell 'cmd': fairlead knows bash, zsh, fish, sh, ksh, tcsh, nu, elvish, xonsh, pwsh", "fairlead init --help")]
    [InlineData("env cmd", "unknown shell 'cmd': fairlead knows bash, zsh, fish, sh, ksh, tcsh, nu, elvish, xonsh, pwsh", "fairlead env --help")]
    [InlineData("init tcsh --refresh-env", "--refresh-env is for bash, zsh, fish", "fairlead init --help")]
    [InlineData("init", "missing argument SHELL", "fairlead init --help")]
    [InlineData("daemon --socket", "missing PATH after '--socket'", "fairlead daemon --help")]
    public void A_mistake_is_named_with_what_to_type_instead(string line, string message, string hint) =>
        Assert.Equal((ExitCode.Usage, "", $"fairlead: {message}\nhint: {hint}\n"), Run(line.Split(' ')));

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CommandLine.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
