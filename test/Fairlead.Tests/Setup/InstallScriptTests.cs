using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fairlead.Tests.Setup;

/// <summary>What install.sh does, as far as it needs no build.</summary>
public sealed class InstallScriptTests : IDisposable
{
    /// <summary>The script knows a fairlead by its words.</summary>
    private const string ProgramStart = "#!/bin/sh\n# eval \"$(fairlead init bash)\"\n";

    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_relative_prefix_is_below_the_folder_where_the_person_stands()
    {
        string program = Path.Join(home.Make("here/tools/bin"), "fairlead");
        WriteProgram(program, "");

        Assert.Contains("Removed fairlead from ~/here/tools/bin.\n", Run("--uninstall --yes --prefix tools", home["here"]).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(program));
    }

    /// <summary>Up to 0.1 the script copied them as they were.</summary>
    [Fact]
    public void What_the_script_of_0_1_installed_beside_the_program_is_removed_and_nothing_else()
    {
        string[] its = ["man/man1/fairlead.1", "man/man1/fairlead-status.1", "man/man5/fairlead.toml.5", "zsh/site-functions/_fairlead", "bash-completion/completions/fairlead"];
        string[] others = ["man/man1/ssh.1", "man/man1/fairlead-mine.1", "fish/vendor_completions.d/git.fish"];
        foreach ((string file, string text) in its.Select(file => (file, ".Dd today\n.Dt FAIRLEAD 1\n# bash's completion for fairlead, made from its tree\n")).Concat(others.Select(file => (file, "mine\n"))))
        {
            string path = home[$".local/share/{file}"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
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

        Assert.Equal(["--version", command, "restart", "status"], File.ReadLines(home["calls"]));
    }

    /// <summary>Perhaps the person has said no.</summary>
    [Fact]
    public void After_a_setup_that_was_not_done_nothing_is_started()
    {
        File.WriteAllText(home["fails"], "setup");

        (int exitCode, string output) = Install("--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal(["--version", "setup --yes"], File.ReadLines(home["calls"]));
        Assert.EndsWith(
            "The program is at ~/tools/bin/fairlead. To set it up: ~/tools/bin/fairlead setup. To remove it: rm ~/tools/bin/fairlead\n", output, StringComparison.Ordinal);
    }

    /// <summary>systemd would start the daemon again.</summary>
    [Fact]
    public void What_the_setup_has_made_is_undone_before_the_daemon_is_stopped_and_the_program_removed()
    {
        Install("--yes");
        File.Delete(home["calls"]);

        Assert.DoesNotContain("# >>> fairlead >>>", Run("--uninstall --yes --prefix tools", home.Path).Output, StringComparison.Ordinal);
        Assert.Equal(["setup --undo --check", "setup --undo --yes", "path", "path --json", "stop"], File.ReadLines(home["calls"]));
        Assert.False(File.Exists(home["tools/bin/fairlead"]));
    }

    /// <summary>Its lock and its sockets are its own until it ends.</summary>
    [Theory]
    [InlineData("stop", 1, true)]
    [InlineData("", 0, false)]
    public void The_files_of_a_daemon_that_does_not_stop_stay(string fails, int exitCode, bool stays)
    {
        Directory.CreateDirectory(home["state"]);
        File.WriteAllText(home["state/lock"], "");
        Install("--yes", $"[ \"$2\" != --json ] || echo '{{\"control\":\"{home["state"]}/ctl\"}}'\n");
        File.WriteAllText(home["fails"], fails);

        (int ended, string output) = Run("--uninstall --yes --prefix tools", home.Path);

        Assert.Equal((exitCode, stays), (ended, File.Exists(home["state/lock"])));
        Assert.Equal(stays, output.EndsWith("fairlead: the daemon was not stopped for the reason above, so its files were kept\nhint: kill -KILL PID, if it runs\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_program_that_runs_it_says_what_is_left_to_do_by_hand()
    {
        File.WriteAllText(home[".bashrc"], "mine\n");

        (int exitCode, string output) = Run("--uninstall --yes", home.Path);

        Assert.Equal(0, exitCode);
        Assert.Contains("the lines between '# >>> fairlead >>>' and '# <<< fairlead <<<'", output, StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(home[".bashrc"]));
    }

    [Fact]
    public void Nothing_is_uninstalled_when_nobody_can_be_asked()
    {
        Install("--yes");

        Assert.Equal(1, Run("--uninstall --prefix tools", home.Path).ExitCode);
        Assert.True(File.Exists(home["tools/bin/fairlead"]));
    }

    /// <summary>A person says yes to what they have read. The program does not stay, whatever the plan of the setup says of it.</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData(" --yes", 0)]
    public void What_is_removed_is_shown_once_before_anything_is(string options, int exitCode)
    {
        Install("--yes", "[ \"$2\" != --undo ] || printf '%s\\n' 'Will remove lines' 'The program itself is kept. To remove it: rm it' 'To apply these changes: setup'\n");

        (int ended, string output) = Run("--uninstall --prefix tools" + options, home.Path);

        Assert.Equal(exitCode, ended);
        Assert.StartsWith(
            $"fairlead 1.2.3\nWill remove lines\nWill remove the program, with all that belongs to it:\n  {home["tools/bin/fairlead"]}\n", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("Will remove lines").Length);
    }

    /// <summary>Runs the script with a build that takes no time, of a program that notes how it is called.</summary>
    /// <param name="does">What else the program does, in sh.</param>
    private (int ExitCode, string Output) Install(string options, string does = "")
    {
        string source = home.Make("source");
        Directory.CreateDirectory(Path.Join(source, "artifacts"));
        File.Copy(Script(), Path.Join(source, "install.sh"));
        WriteProgram(Path.Join(home.Make("bin"), "dotnet"), "[ \"$1\" = publish ] || echo 10.0.100\n");
        WriteProgram(Path.Join(source, "artifacts/fairlead"), "echo \"$*\" >>\"$HOME/calls\"\necho fairlead 1.2.3\n" + does + "[ \"$1\" != \"$(cat \"$HOME/fails\" 2>/dev/null)\" ]\n");
        return Run(["sh", "source/install.sh", "--prefix", "tools", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], home.Path);
    }

    /// <summary>An archive has no sources, and whoever unpacks it no compiler.</summary>
    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("ksh93")]
    [InlineData("zsh --emulate sh")]
    [InlineData("busybox sh")]
    public void A_program_beside_the_script_is_installed_as_it_is(string shell)
    {
        string archive = Unpack("an archive");

        (int exitCode, string output) = Run([.. shell.Split(' '), Path.Join(archive, "install.sh"), "--yes", "--prefix", home["my tools"]], "/");

        Assert.True(exitCode == 0, output);
        Assert.Equal(File.ReadAllText(Path.Join(archive, "fairlead")), File.ReadAllText(home["my tools/bin/fairlead"]));
        Assert.Contains($"Installed fairlead 1.2.3 as '{home["my tools/bin/fairlead"]}'.\n", output, StringComparison.Ordinal);
        Assert.Equal(["fairlead"], Directory.GetFiles(home["my tools/bin"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--binary ./other")]
    [InlineData("--binary=other")]
    public void A_program_that_is_named_is_installed_instead(string option)
    {
        string archive = Unpack("archive");
        WriteProgram(home["other"], "echo fairlead 4.5.6\n");

        Assert.Equal(0, Run(["sh", Path.Join(archive, "install.sh"), "--yes", .. option.Split(' ')], home.Path).ExitCode);
        Assert.Equal(ProgramStart + "echo fairlead 4.5.6\n", File.ReadAllText(home[".local/bin/fairlead"]));
    }

    [Fact]
    public void A_program_for_another_machine_is_not_run()
    {
        byte[] program = new byte[64];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(program, 0);
        (program[18], program[19]) = (0xf3, 0); // RISC-V
        File.WriteAllBytes(home["fairlead"], program);

        (int exitCode, string output) = Run("--yes --binary fairlead", home.Path);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"fairlead: {home["fairlead"]} is for another kind of machine, and this machine is ", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home[".local"]));
    }

    /// <summary>What was there before goes on.</summary>
    [Theory]
    [InlineData("exit 3\n", "it ended with status 3")]
    [InlineData("echo no such library; exit 127\n", "no such library")]
    [InlineData("echo something else\n", "something else")]
    public void A_program_that_does_not_run_replaces_none(string script, string reason)
    {
        WriteProgram(home["broken"], script);
        WriteProgram(Path.Join(home.Make(".local/bin"), "fairlead"), "echo old\n");

        (int exitCode, string output) = Run("--yes --binary broken", home.Path);

        Assert.Equal((1, $"fairlead: {home["broken"]} does not run here: {reason}\nhint: ./install.sh --binary FILE, with another one\n"), (exitCode, output));
        Assert.Equal([ProgramStart + "echo old\n"], Directory.GetFiles(home[".local/bin"]).Select(File.ReadAllText));
    }

    [Theory]
    [InlineData("folder", "is a folder")]
    [InlineData("link", "is a symbolic link")]
    [InlineData("dangling", "is a symbolic link")]
    [InlineData("other", "is another program")]
    public void What_the_script_has_not_put_there_is_neither_replaced_nor_removed(string what, string reason)
    {
        string place = Path.Join(home.Make(".local/bin"), "fairlead");
        string script = Path.Join(Unpack("archive"), "install.sh");
        switch (what)
        {
            case "folder":
                home.Make(".local/bin/fairlead");
                break;
            case "other":
                File.WriteAllText(place, "#!/bin/sh\necho docks ships\n");
                break;
            default:
                File.CreateSymbolicLink(place, what == "link" ? Path.Join(home["archive"], "fairlead") : "/elsewhere/fairlead");
                break;
        }

        Assert.Equal((1, $"fairlead: {place} {reason}\nhint: mv '{place}' '{place}.old', or ./install.sh --prefix DIR\n"), Run(["sh", script, "--yes"], home.Path));
        Assert.Equal((1, $"fairlead: {place} {reason}\nhint: ./install.sh --uninstall --prefix DIR\n"), Run(["sh", script, "--uninstall", "--yes"], home.Path));
        Assert.Equal([place], Directory.GetFileSystemEntries(home[".local/bin"]));
        Assert.False(File.Exists(home["calls"]));
    }

    /// <summary>Machines of two architectures share this home: deploy has put a few lines there, which begin the right program.</summary>
    [Fact]
    public void What_begins_the_right_program_of_several_stays()
    {
        string machine = Run(["uname", "-m"], "/").Output.Trim();
        string launcher = Path.Join(home.Make(".local/bin"), "fairlead");
        WriteProgram(launcher, "# fairlead for several architectures\nexec \"$0-linux-$(uname -m)\" \"$@\"\n");
        string lines = File.ReadAllText(launcher);
        string archive = Unpack("archive");

        (int exitCode, string output) = Run(["sh", Path.Join(archive, "install.sh"), "--yes"], home.Path);

        Assert.True(exitCode == 0, output);
        Assert.Equal(lines, File.ReadAllText(launcher));
        Assert.Equal(File.ReadAllText(Path.Join(archive, "fairlead")), File.ReadAllText($"{launcher}-linux-{machine}"));
        Assert.Equal(["--version", "setup --yes", "restart", "status"], File.ReadLines(home["calls"]));

        string[] others = [$"{launcher}-linux-x86_64", $"{launcher}-linux-x86_64.before", $"{launcher}-linux-aarch64", $"{launcher}.before", $"{launcher}-linux-x86_64.mine"];
        Array.ForEach(others, other => File.WriteAllText(other, ""));
        Run(["sh", Path.Join(archive, "install.sh"), "--uninstall", "--yes"], home.Path);
        Assert.Equal([others[^1]], Directory.GetFiles(home[".local/bin"]));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal((1, $"fairlead: there is no file {home["gone"]}\nhint: ./install.sh --binary FILE\n"), Run("--yes --binary gone", home.Path));

    /// <summary>A folder as an archive leaves it, with a program that notes how it is called.</summary>
    private string Unpack(string name)
    {
        string archive = home.Make(name);
        File.Copy(Script(), Path.Join(archive, "install.sh"));
        WriteProgram(Path.Join(archive, "fairlead"), "echo \"$*\" >>\"$HOME/calls\"\necho fairlead 1.2.3\n");
        return archive;
    }

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, ProgramStart + script);
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
