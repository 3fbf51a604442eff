using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fairlead.Tests.Setup;

/// <summary>What install.sh does, as far as it needs no build.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_relative_prefix_is_below_the_folder_where_the_person_stands()
    {
        string here = home.Make("here");
        Assert.Contains($"Removed {here}/tools/bin/fairlead.", Run("--uninstall --yes --prefix tools", here).Output, StringComparison.Ordinal);
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
    [InlineData("--uninstall --prefix")]
    [InlineData("--uninstall --yes --prefix=")]
    public void No_folder_is_no_prefix(string arguments) =>
        Assert.Equal((1, "fairlead: --prefix needs a folder\nhint: ./install.sh --prefix ~/.local\n"), Run(arguments, home.Path));

    /// <summary>fairlead changes the rc files and the units; the script hands it what was typed.</summary>
    [Theory]
    [InlineData("--yes", "setup --yes")]
    [InlineData("", "setup")]
    [InlineData("--systemd -y", "setup --yes --systemd")]
    public void The_setup_gets_the_options(string options, string command)
    {
        Install(options);

        Assert.Equal(["completions bash", "completions zsh", "completions fish", command, "restart", "status"], File.ReadLines(home["calls"]));
    }

    /// <summary>Without its line fairlead can be used all the same.</summary>
    [Fact]
    public void A_setup_that_fails_is_no_reason_to_start_nothing()
    {
        File.WriteAllText(home["fails"], "setup");

        (int exitCode, _) = Install("--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal("restart", File.ReadLines(home["calls"]).SkipWhile(call => call != "setup --yes").ElementAt(1));
    }

    /// <summary>systemd would start the daemon again.</summary>
    [Fact]
    public void What_the_setup_has_made_is_undone_before_the_daemon_is_stopped_and_the_program_removed()
    {
        Install("--yes");
        File.Delete(home["calls"]);

        Assert.DoesNotContain("# >>> fairlead >>>", Run("--uninstall --yes --prefix tools", home.Path).Output, StringComparison.Ordinal);
        Assert.Equal(["setup --undo --yes", "path", "stop"], File.ReadLines(home["calls"]));
        Assert.False(File.Exists(home["tools/bin/fairlead"]));
    }

    [Fact]
    public void Without_a_program_that_runs_it_says_what_is_left_to_do_by_hand()
    {
        File.WriteAllText(home[".bashrc"], "mine\n");

        (int exitCode, string output) = Run("--uninstall --yes", home.Path);

        Assert.Equal(0, exitCode);
        Assert.Contains("what stands between '# >>> fairlead >>>' and '# <<< fairlead <<<'", output, StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(home[".bashrc"]));
    }

    [Fact]
    public void Nothing_is_uninstalled_when_nobody_can_be_asked()
    {
        Install("--yes");

        Assert.Equal(1, Run("--uninstall --prefix tools", home.Path).ExitCode);
        Assert.True(File.Exists(home["tools/bin/fairlead"]));
    }

    /// <summary>Runs the script with a build that takes no time, of a program that notes how it is called.</summary>
    private (int ExitCode, string Output) Install(string options)
    {
        string source = home.Make("source");
        Directory.CreateDirectory(Path.Join(source, "artifacts"));
        Directory.CreateDirectory(Path.Join(source, "packaging/man"));
        File.WriteAllText(Path.Join(source, "packaging/man/fairlead.1"), "the manual");
        File.Copy(Script(), Path.Join(source, "install.sh"));
        WriteProgram(Path.Join(home.Make("bin"), "dotnet"), "[ \"$1\" = publish ] || echo 10.0.100\n");
        WriteProgram(Path.Join(source, "artifacts/fairlead"), "echo \"$*\" >>\"$HOME/calls\"\n[ \"$1\" != \"$(cat \"$HOME/fails\" 2>/dev/null)\" ]\n");
        return Run(["sh", "source/install.sh", "--prefix", "tools", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], home.Path);
    }

    [Fact]
    public void The_manual_and_the_completions_lie_where_man_and_the_shells_look()
    {
        Install("--yes");

        Assert.Equal("the manual", File.ReadAllText(home["tools/share/man/man1/fairlead.1"]));
        Assert.True(File.Exists(home["tools/share/bash-completion/completions/fairlead"]));
    }

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{script}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int ExitCode, string Output) Run(string arguments, string folder) => Run(["sh", Script(), .. arguments.Split(' ')], folder);

    private (int ExitCode, string Output) Run(string[] words, string folder)
    {
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{home["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = home.Path;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(thisFile), "../../../install.sh"));
}
