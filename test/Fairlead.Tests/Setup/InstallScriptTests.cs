using System.Diagnostics;
using System.Runtime.CompilerServices;

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

    private string Run(string arguments, string folder)
    {
        var start = new ProcessStartInfo("sh", [Script(), .. arguments.Split(' ')]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = home.Path;
        start.Environment["SHELL"] = "/bin/bash";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Script([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(thisFile), "../../../install.sh"));
}
