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
        Assert.Equal([new RcLine(1, RcLineKind.Fairlead, "fairlead")], files[1].Lines);
    }

    /// <summary>bash says which of its files it reads.</summary>
    [Theory]
    [InlineData(".bash_profile", "")]
    [InlineData(".bash_profile", "# [ -f ~/.bashrc ] && . ~/.bashrc")]
    [InlineData(".bash_profile", "[ -f ~/.bashrc ] && . ~/.bashrc")]
    [InlineData(".bash_profile", ". ~/.profile")]
    [InlineData(".bash_profile", ". ~/.bash_login")]
    [InlineData(".bash_login", "[ -f ~/.profile ] && . ~/.profile")]
    [InlineData(".bash_login", ". /etc/profile")]
    [InlineData(".profile", ". \"$HOME/.bashrc\"")]
    public void A_file_that_bash_reads_in_place_of_the_rc_file_is_told(string file, string text)
    {
        File.WriteAllText(home[".bashrc"], "FOUND=it\n");
        File.WriteAllText(home[".profile"], ". ~/.bashrc\n");
        File.WriteAllText(home[file], text + "\n");

        string seen = ProgramSearch.Ask("env", $"HOME={home.Path}", "bash", "-l", "-c", "echo \"[$FOUND]\"")!;

        Assert.Equal(seen.EndsWith("[]", StringComparison.Ordinal), Read("bash").Any(read => read.IsReadInstead));
    }

    [Theory]
    [InlineData("bash", ".bashrc", "if [ -x @ ]; then eval \"$(@ init bash)\"; fi")]
    [InlineData("zsh", ".zshrc", "if [ -x '@' ]; then eval \"$('@' init zsh)\"; fi")]
    [InlineData("tcsh", ".tcshrc", "if ( -x @ ) eval \"`@ init tcsh`\"")]
    public void A_line_whose_program_is_gone_is_told(string shell, string file, string line)
    {
        File.WriteAllText(home["fairlead"], "");
        File.WriteAllText(home[file], line.Replace("@", home["fairlead"], StringComparison.Ordinal));
        Assert.Equal(RcLineKind.Fairlead, Assert.Single(Read(shell)[0].Lines).Kind);

        File.Delete(home["fairlead"]);

        Assert.Equal(new RcLine(1, RcLineKind.MissingFairlead, home["fairlead"]), Assert.Single(Read(shell)[0].Lines));
    }

    [Theory]
    [InlineData("~/gone/fairlead", RcLineKind.MissingFairlead)]
    [InlineData("$HOME/gone/fairlead", RcLineKind.MissingFairlead)]
    [InlineData("${HOME}/gone/fairlead", RcLineKind.MissingFairlead)]
    [InlineData("$TOOLS/fairlead", RcLineKind.Fairlead)]
    [InlineData("fairlead", RcLineKind.Fairlead)]
    public void A_path_that_only_the_shell_can_tell_is_not_judged(string program, object kind)
    {
        File.WriteAllText(home[".bashrc"], $"eval \"$({program} init bash)\"\n");

        Assert.Equal(kind, Assert.Single(Read("bash")[0].Lines).Kind);
    }

    [Fact]
    public void Of_zsh_they_are_where_ZDOTDIR_says()
    {
        Directory.CreateDirectory(home["z"]);
        File.WriteAllText(home["z/.zshenv"], "\n");

        Assert.Equal(["~/z/.zshrc", "~/z/.zshenv"], Read("zsh", name => name == "ZDOTDIR" ? home["z"] : null).Select(file => file.Name));
    }

    [Fact]
    public void Of_fish_the_snippets_are_read_as_well()
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
