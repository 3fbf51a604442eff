using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

/// <summary>What a login shell says of itself, and what a person is told of it.</summary>
public sealed class NextLoginTests : IDisposable
{
    private const string Folder = "/home/al/.local/share/zsh/site-functions";

    private const string InPath = "From your next login on, 'fairlead' will be in your PATH. Until then, type ~/.local/bin/fairlead";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_PATH_is_the_shell_s_and_all_else_is_noise()
    {
        File.WriteAllText(Path.Join(folder.Make("bin"), "fairlead"), "");

        NextLogin? login = NextLogin.Read($"Welcome!\nPATH=/usr/bin\nLANG=C\nPATH=/usr/bin:{folder["bin"]}:.\n", folder["bin/fairlead"], null);

        Assert.Equal((folder["bin/fairlead"], true, null), (login!.Finds, login.FindsThisProgram, login.LoadsCompletions));
    }

    [Fact]
    public void Another_fairlead_may_come_first()
    {
        File.WriteAllText(Path.Join(folder.Make("other"), "fairlead"), "");
        File.WriteAllText(Path.Join(folder.Make("bin"), "fairlead"), "");

        NextLogin? login = NextLogin.Read($"PATH={folder["other"]}:{folder["bin"]}\n", folder["bin/fairlead"], null);

        Assert.Equal((folder["other/fairlead"], false), (login!.Finds, login.FindsThisProgram));
    }

    [Theory]
    [InlineData("")]
    [InlineData("open terminal failed: not a terminal\n")]
    public void Where_something_else_ran_in_its_place_there_is_no_answer(string said) => Assert.Null(NextLogin.Read(said, "/usr/bin/fairlead", null));

    [Theory]
    [InlineData("fpath=/usr/share/zsh/site-functions\nPATH=/usr/bin", false)]
    [InlineData($"fpath={Folder}\nPATH=/usr/bin", true)]
    [InlineData("complete -F _completion_loader -D\nPATH=/usr/bin", true)]
    [InlineData("PATH=/usr/bin", false)]
    public void Whether_it_reads_completions_shows(string said, bool loads) => Assert.Equal(loads, NextLogin.Read(said, "/usr/bin/fairlead", Folder)!.LoadsCompletions);

    [Theory]
    [InlineData("bash", "  echo 'PATH=~/.local/bin:$PATH' >>~/.profile")]
    [InlineData("sh", "  echo 'PATH=~/.local/bin:$PATH' >>~/.profile")]
    [InlineData("ksh93", "  echo 'PATH=~/.local/bin:$PATH' >>~/.profile")]
    [InlineData("zsh", "  echo 'path=(~/.local/bin $path)' >>~/.zshrc")]
    [InlineData("fish", "  set -U fish_user_paths ~/.local/bin $fish_user_paths")]
    [InlineData("tcsh", "  echo 'set path = ( ~/.local/bin $path )' >>~/.tcshrc")]
    public void A_person_without_it_is_told_one_line_for_their_shell(string shell, string line)
    {
        SetupFacts facts = Asked with { ProgramIsInHome = false, LoginShell = shell, NextLogin = new NextLogin(["/usr/bin"], null) };

        Assert.Equal(
            [
                "At your next login 'fairlead' will not be in your PATH. The line in the rc file works without that, but you need it to type 'fairlead'.",
                "This adds it:",
                line,
            ],
            LoginNotes.Of(facts).Take(3));
        Assert.Equal(["This adds it:", line], LoginNotes.Of(facts with { NextLogin = null }).Skip(1).Take(2));
    }

    [Fact]
    public void For_a_shell_whose_line_is_not_known_the_folder_is_named() =>
        Assert.Equal("Add ~/.local/bin to it, in the language of your shell.", LoginNotes.Of(Asked with { ProgramIsInHome = false, LoginShell = "elvish", NextLogin = new NextLogin([], null) }).ElementAt(1));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Where_setup_adds_the_folder_to_the_PATH_only_this_shell_lacks_it(string shell) =>
        Assert.Equal([InPath], LoginNotes.Of(Asked with { LoginShell = shell, NextLogin = new NextLogin(["/home/al/.local/bin"], null) }));

    /// <summary>It reads the first of three, and only that.</summary>
    [Fact]
    public void The_line_is_for_the_file_that_bash_reads() =>
        Assert.Contains(
            "  echo 'PATH=~/.local/bin:$PATH' >>~/.bash_profile",
            LoginNotes.Of(SetupScene.With((".bash_profile", "")) with { NextLogin = new NextLogin([], null) }));

    /// <summary>Debian's ~/.profile adds ~/.local/bin to the PATH of a login that finds the folder, which is there by now.</summary>
    [Fact]
    public void That_only_this_shell_lacks_it_is_said() =>
        Assert.Equal([InPath], LoginNotes.Of(Asked with { NextLogin = There }));

    [Fact]
    public void Where_all_is_well_nothing_is_said() => Assert.Empty(LoginNotes.Of(Asked with { NextLogin = There, Found = Asked.Program }));

    [Theory]
    [InlineData("zsh", "  fpath=(~/.local/share/zsh/site-functions $fpath)")]
    [InlineData("bash", "  eval \"$(~/.local/bin/fairlead completions bash)\"")]
    public void How_a_shell_completes_is_said_where_it_does_not(string shell, string line) =>
        Assert.Equal(line, LoginNotes.Of(Asked with { LoginShell = shell, Found = Asked.Program, NextLogin = There with { LoadsCompletions = false } }).Last());

    [Fact]
    public void A_manual_that_man_does_not_find_is_named() =>
        Assert.Equal(
            ["man will not find the manual by itself. To read it: man -M ~/.local/share/man fairlead"],
            LoginNotes.Of(Asked with { Program = "/home/al/tools/bin/fairlead", Found = "/home/al/tools/bin/fairlead", NextLogin = There with { Path = ["/home/al/tools/bin"] } }));

    private static SetupFacts Asked => SetupScene.Facts with { ProgramIsInHome = true };

    private static NextLogin There => new(["/home/al/.local/bin"], true) { Finds = Asked.Program, FindsThisProgram = true };
}
