using Fairlead.Doctor;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class RcFileReaderTests : IDisposable
{
    private readonly TempFolder home = new();

    [Fact]
    public void Of_bash_the_rc_file_and_the_first_file_of_a_login_shell_are_read()
    {
        File.WriteAllText(home[".bash_login"], "eval \"$(fairlead init bash)\"\n");
        File.WriteAllText(home[".profile"], "export SSH_AUTH_SOCK=/a\n");

        IReadOnlyList<RcFile> files = Read("bash");

        Assert.Equal([("~/.bashrc", true), ("~/.bash_login", false)], files.Select(file => (file.Name, file.IsEmpty)));
        Assert.Equal([new RcLine(1, RcLineKind.Fairlead)], files[1].Lines);
    }

    [Fact]
    public void Of_zsh_they_are_where_ZDOTDIR_says()
    {
        Directory.CreateDirectory(home["z"]);
        File.WriteAllText(home["z/.zshenv"], "\n");

        Assert.Equal(["~/z/.zshrc", "~/z/.zshenv"], Read("zsh", name => name == "ZDOTDIR" ? home["z"] : null).Select(file => file.Name));
    }

    [Fact]
    public void Of_fish_the_snippets_are_read_too()
    {
        Directory.CreateDirectory(home[".config/fish/conf.d"]);
        File.WriteAllText(home[".config/fish/conf.d/fairlead.fish"], "fairlead init fish | source\n");

        Assert.Equal(["~/.config/fish/config.fish", "~/.config/fish/conf.d/fairlead.fish"], Read("fish").Select(file => file.Name));
    }

    [Fact]
    public void A_pipe_in_the_place_of_a_file_is_not_waited_for()
    {
        Assert.NotNull(ProgramSearch.Ask("mkfifo", home[".bashrc"]));

        Assert.Empty(Read("bash")[0].Lines);
    }

    [Theory]
    [InlineData("ksh", "~/.kshrc")]
    [InlineData("sh", "~/.profile")]
    [InlineData("tcsh", "~/.tcshrc")]
    [InlineData("nu", "~/.config/nushell/config.nu")]
    [InlineData("elvish", "~/.config/elvish/rc.elv")]
    [InlineData("xonsh", "~/.xonshrc")]
    [InlineData("pwsh", "~/.config/powershell/Microsoft.PowerShell_profile.ps1")]
    public void Of_other_shells_one_is_read(string shell, string file) => Assert.Equal([file], Read(shell).Select(read => read.Name));

    [Fact]
    public void Of_tcsh_it_is_the_older_one_where_only_that_is_there()
    {
        File.WriteAllText(home[".cshrc"], "");
        Assert.Equal(["~/.cshrc"], Read("tcsh").Select(file => file.Name));
    }

    [Theory]
    [InlineData("-bash", "bash")]
    [InlineData("/usr/bin/fish", "fish")]
    [InlineData("dash", "sh")]
    [InlineData("vim", null)]
    [InlineData("-ksh93", "ksh")]
    [InlineData("/bin/mksh", "ksh")]
    public void A_shell_is_known_by_its_name(string program, string? name) => Assert.Equal(name, Shells.OfProgram(program)?.Name);

    public void Dispose() => home.Dispose();

    private IReadOnlyList<RcFile> Read(string shell, Func<string, string?>? variable = null) => RcFileReader.Read(Shells.Find(shell)!, home.Path, variable ?? (_ => null));
}
