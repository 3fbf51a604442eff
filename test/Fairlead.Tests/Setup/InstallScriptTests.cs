using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fairlead.Shell;

namespace Fairlead.Tests.Setup;

/// <summary>What install.sh does to a person's files, as far as it needs no build.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\n# <<< fairlead <<<\n", "")]
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\n", "")] // its end was removed by hand
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\nalias mine=1\n# <<< fairlead <<<\n", "alias mine=1\n")]
    public void Only_its_own_line_is_taken_out_of_an_rc_file(string block, string left)
    {
        File.WriteAllText(home[".bashrc"], $"before\n{block}after\n");
        Run("--uninstall --yes", home.Path);
        Assert.Equal($"before\n{left}after\n", File.ReadAllText(home[".bashrc"]));
    }

    [Fact]
    public void A_relative_prefix_is_below_the_folder_where_the_person_stands()
    {
        string here = home.Make("here");
        Assert.Contains($"Removed {here}/tools/bin/fairlead.", Run("--uninstall --yes --prefix tools", here), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_installed_beside_the_program_is_removed_and_nothing_else()
    {
        string[] its = ["man/man1/fairlead.1", "man/man1/fairlead-status.1", "man/man5/fairlead.toml.5", "zsh/site-functions/_fairlead", "bash-completion/completions/fairlead"];
        string[] others = ["man/man1/ssh.1", "fish/vendor_completions.d/git.fish"];
        foreach (string file in its.Concat(others).Select(file => home[$".local/share/{file}"]))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
        }

        Run("--uninstall --yes", home.Path);

        string share = home[".local/share"];
        Assert.Equal(others.Order(), Directory.GetFiles(share, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(share, file)).Order());
        Assert.False(Directory.Exists(Path.Join(share, "zsh")));
    }

    [Theory]
    [InlineData("bash", "bash", ".bashrc", "bash --norc -eu")]
    [InlineData("zsh", "zsh", ".zshrc", "zsh -f -eu")]
    [InlineData("fish", "fish", ".config/fish/conf.d/fairlead.fish", "fish --no-config")]
    [InlineData("dash", "sh", ".profile", "dash -eu")]
    [InlineData("ksh93", "sh", ".profile", "ksh93 -eu")]
    [InlineData("ksh93", "ksh", ".kshrc", "ksh93 -eu")]
    [InlineData("tcsh", "tcsh", ".tcshrc", "tcsh -f -e")]
    [InlineData("elvish", "elvish", ".config/elvish/rc.elv", "elvish -norc")]
    [InlineData("xonsh", "xonsh", ".xonshrc", "xonsh --no-rc")]
    public void The_line_that_it_adds_works_in_the_shell_and_leaves_it_alone_without_the_program(
        string loginShell, string kind, string rcFile, string program)
    {
        string tools = Install(loginShell);
        string code = ShellKind.Find(kind)!.CodeFor("/home/al/stable.sock");
        string rc = File.ReadAllText(home[rcFile]) + "printenv SSH_AUTH_SOCK\n";
        File.WriteAllText(home["rc"], rc);
        string[] words = [.. program.Split(' '), home["rc"]];

        WriteProgram(tools, $"[ \"$*\" = 'init {kind}' ] && cat <<'end'\n{code}end\n");
        Assert.Equal("/home/al/stable.sock\n", Run(words, home.Path));
        WriteProgram(tools, ""); // where the shell is left as it was, it prints nothing
        Assert.Equal("/home/al/before.sock\n", Run(words, home.Path));
        File.Delete(tools);
        Assert.Equal("/home/al/before.sock\n", Run(words, home.Path));
    }

    /// <summary>These two are not there to be run.</summary>
    [Theory]
    [InlineData("nu", ".config/nushell/config.nu", "^\"{0}\" init nu | from nuon")]
    [InlineData("pwsh", ".config/powershell/Microsoft.PowerShell_profile.ps1", "& '{0}' init pwsh | Out-String")]
    public void Other_shells_get_their_line_where_they_look_for_it(string loginShell, string rcFile, string command)
    {
        string tools = Install(loginShell);

        Assert.Contains(string.Format(null, command, tools), File.ReadAllText(home[rcFile]), StringComparison.Ordinal);
    }

    /// <summary>tcsh reads .cshrc only where there is no .tcshrc.</summary>
    [Fact]
    public void A_file_that_tcsh_reads_is_not_hidden_by_a_new_one()
    {
        File.WriteAllText(home[".cshrc"], "set mine\n");
        Install("tcsh");

        Assert.EndsWith("set mine\n", File.ReadAllText(home[".cshrc"]), StringComparison.Ordinal);
        Assert.Contains("init tcsh", File.ReadAllText(home[".cshrc"]), StringComparison.Ordinal);
        Assert.False(File.Exists(home[".tcshrc"]));
    }

    /// <summary>Runs the script with a build that takes no time.</summary>
    /// <returns>Where it has put fairlead.</returns>
    private string Install(string loginShell)
    {
        string source = home.Make("source");
        Directory.CreateDirectory(Path.Join(source, "artifacts"));
        Directory.CreateDirectory(Path.Join(source, "packaging/man"));
        File.WriteAllText(Path.Join(source, "packaging/man/fairlead.1"), "the manual");
        File.Copy(Script(), Path.Join(source, "install.sh"));
        WriteProgram(Path.Join(home.Make("bin"), "dotnet"), "[ \"$1\" = publish ] || echo 10.0.100\n");
        WriteProgram(Path.Join(source, "artifacts/fairlead"), "");
        Run(["sh", "source/install.sh", "--yes", "--prefix", home["my tools"]], home.Path, loginShell);
        return home["my tools/bin/fairlead"];
    }

    [Fact]
    public void The_manual_and_the_completions_lie_where_man_and_the_shells_look()
    {
        Install("bash");

        Assert.Equal("the manual", File.ReadAllText(home["my tools/share/man/man1/fairlead.1"]));
        Assert.True(File.Exists(home["my tools/share/bash-completion/completions/fairlead"]));
    }

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{script}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Run(string arguments, string folder) => Run(["sh", Script(), .. arguments.Split(' ')], folder);

    private string Run(string[] words, string folder, string loginShell = "bash")
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{home["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = home.Path;
        start.Environment["SHELL"] = $"/bin/{loginShell}";
        start.Environment["SSH_AUTH_SOCK"] = "/home/al/before.sock";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(thisFile), "../../../install.sh"));
}
