using Fairlead.Core.Linux.Files;
using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

/// <summary>Which rc files get the line.</summary>
public sealed class RcFileChoiceTests
{
    [Theory]
    [InlineData("bash", "", "bash .bashrc")]
    [InlineData("bash", ".profile:x", "bash .bashrc, bash .profile")]
    [InlineData("bash", ".profile:bashrc", "bash .bashrc")]
    [InlineData("bash", ".bash_profile:x .profile:x", "bash .bashrc, bash .bash_profile")]
    [InlineData("zsh", "", "zsh .zshrc")]
    [InlineData("zsh", ".bashrc:x", "bash .bashrc, zsh .zshrc")]
    [InlineData("bash", ".zshrc:x", "bash .bashrc, zsh .zshrc")]
    [InlineData("fish", "", "fish .config/fish/conf.d/fairlead.fish")]
    [InlineData("sh", "", "sh .profile")]
    [InlineData("dash", "", "sh .profile")]
    [InlineData("ksh93", "", "sh .profile, ksh .kshrc")]
    [InlineData("mksh", "", "sh .profile, ksh .mkshrc")]
    [InlineData("tcsh", "", "tcsh .tcshrc")]
    [InlineData("tcsh", ".cshrc:x", "tcsh .cshrc")]
    [InlineData("tcsh", ".cshrc:x .tcshrc:x", "tcsh .tcshrc")]
    [InlineData("bash", ".cshrc:x", "bash .bashrc")]
    [InlineData("nu", "", "nu .config/nushell/config.nu")]
    [InlineData("elvish", ".xonshrc:x", "elvish .config/elvish/rc.elv, xonsh .xonshrc")]
    [InlineData("pwsh", "", "pwsh .config/powershell/Microsoft.PowerShell_profile.ps1")]
    [InlineData("nologin", "", "")]
    public void A_login_reads_them(string loginShell, string files, string chosen)
    {
        IEnumerable<string[]> parts = files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(file => file.Split(':'));

        Assert.Equal(chosen, Describe(SetupScene.With([.. parts.Select(file => (file[0], file[1]))]) with { LoginShell = loginShell }));
    }

    [Fact]
    public void Fish_gets_it_where_it_has_a_folder() =>
        Assert.Equal("bash .bashrc, fish .config/fish/conf.d/fairlead.fish", Describe(SetupScene.Facts with { HasFishFolder = true }));

    [Fact]
    public void ZDOTDIR_and_XDG_CONFIG_HOME_and_ENV_are_heeded()
    {
        SetupFacts facts = SetupScene.With(("my/ksh", "x"), ("z/.zshrc", "x")) with { LoginShell = "ksh" };
        facts = facts with { Paths = facts.Paths with { Zsh = "/home/al/z", Env = "/home/al/my/ksh", Configs = "/home/al/c" }, HasFishFolder = true };

        Assert.Equal("zsh z/.zshrc, fish c/fish/conf.d/fairlead.fish, sh .profile, ksh my/ksh", Describe(facts));
    }

    /// <summary>A second change would not find what the plan was made for.</summary>
    [Fact]
    public void A_file_with_two_names_is_changed_once()
    {
        var same = new RcText("x", Identity: new FileIdentity(1, 2));
        SetupFacts facts = SetupScene.Facts with { Files = new Dictionary<string, RcText> { ["/home/al/.bashrc"] = same, ["/home/al/.bash_profile"] = same } };

        Assert.Equal("bash .bashrc", Describe(facts));
    }

    /// <summary>Whatever the login shell was when they were written.</summary>
    [Fact]
    public void To_undo_it_all_of_them_are_looked_at()
    {
        string block = RcBlock.AddFirst("", "fairlead");
        string[] files = [".bashrc", ".bash_login", ".zshrc", ".cshrc", ".kshrc", ".mkshrc", ".xonshrc", ".config/nushell/config.nu"];
        SetupFacts facts = SetupScene.With([.. files.Select(file => (file, block))]);

        Assert.Equal(files.Order(), SetupPlanner.PlanUndo(facts).Steps.Select(step => Path.GetRelativePath(SetupScene.Home, step.Path)).Order());
    }

    private static string Describe(SetupFacts facts) =>
        string.Join(", ", RcFileChoice.For(facts).Select(file => $"{file.Shell} {Path.GetRelativePath(SetupScene.Home, file.Path)}"));
}
