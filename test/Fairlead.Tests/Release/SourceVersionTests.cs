using System.Diagnostics;
using System.Text.Json;
using Fairlead.Output;

namespace Fairlead.Tests.Release;

/// <summary>What a build is called: git and MSBuild are asked, in folders that are laid out like this repository.</summary>
public sealed class SourceVersionTests : IDisposable
{
    private readonly TempFolder root = new();

    public SourceVersionTests()
    {
        Directory.CreateDirectory(root["src/Fairlead"]);
        foreach (string file in (string[])[".gitattributes", "src/Fairlead/Version.targets", "src/Fairlead/version.txt"])
        {
            File.Copy(Repository.PathOf(file), root[file]);
        }
    }

    [Fact]
    public void At_a_tag_it_is_the_tag()
    {
        Commit();
        Git("tag", "v1.2.3");
        Assert.Equal(("1.2.3", Head), Ask());
    }

    [Fact]
    public void After_a_tag_the_commits_are_counted()
    {
        Commit();
        Git("tag", "-a", "v1.3.0-rc.1", "-m", "annotated");
        Commit();
        Commit();
        Assert.Equal(("1.3.0-rc.1+2", Head), Ask());
    }

    [Fact]
    public void Without_a_tag_of_a_version_it_is_the_prefix()
    {
        Commit();
        Git("tag", "nightly");
        Assert.Equal(("0.7.0", Head), Ask());
    }

    [Fact]
    public void What_is_said_counts()
    {
        Commit();
        Git("tag", "v1.2.3");
        Assert.Equal(("9.8.7", Head), Ask("-p:FairleadVersion=9.8.7"));
    }

    [Fact]
    public void Sources_without_git_have_no_commit() => Assert.Equal(("0.7.0", ""), Ask());

    [Fact]
    public void The_checkout_around_an_archive_is_another_projects()
    {
        Commit();
        Git("tag", "v1.2.3");
        string inner = root["vendor/fairlead"];
        Directory.CreateDirectory(inner);
        Run("cp", "-r", root["src"], inner);
        Assert.Equal(("0.7.0", ""), AskIn(inner));
    }

    [Theory]
    [InlineData(0, "1.2.3")]
    [InlineData(2, "1.2.3+2")]
    public void An_archive_of_git_names_tag_and_commit(int commitsLater, string version)
    {
        Commit();
        Git("tag", "v1.2.3");
        for (int i = 0; i < commitsLater; i++)
        {
            Commit();
        }

        Git("archive", "--prefix=archive/", "--output", root["archive.tar"], "HEAD");
        Run("tar", "-x", "-f", root["archive.tar"], "-C", root.Path);
        Assert.Equal((version, Head), AskIn(root["archive"]));
    }

    [Fact]
    public void This_program_says_of_which_commit_it_is()
    {
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+", ProgramVersion.Text);
        Assert.Equal(Directory.Exists(Repository.PathOf(".git")) || File.Exists(Repository.PathOf(".git")), ProgramVersion.Commit is not null);
        Assert.StartsWith(ProgramVersion.Text, ProgramVersion.Build, StringComparison.Ordinal);
        Assert.EndsWith(ProgramVersion.Commit ?? "", ProgramVersion.Build, StringComparison.Ordinal);
        Assert.Equal(ProgramVersion.Commit is null ? 0 : 1, ProgramVersion.Build.Count(letter => letter == '+'));
    }

    public void Dispose() => root.Dispose();

    private string Head => Git("rev-parse", "HEAD").Trim()[..12];

    private void Commit()
    {
        if (!Directory.Exists(root[".git"]))
        {
            Git("init", "--quiet");
        }

        Git("add", ".gitattributes", "src");
        Git("commit", "--quiet", "--allow-empty", "-m", "a change");
    }

    private (string Version, string Commit) Ask(params string[] options) => AskIn(root.Path, options);

    private (string Version, string Commit) AskIn(string folder, params string[] options)
    {
        File.WriteAllText(
            Path.Join(folder, "ask.proj"),
            "<Project><PropertyGroup><VersionPrefix>0.7.0</VersionPrefix></PropertyGroup><Import Project=\"src/Fairlead/Version.targets\" /></Project>");
        string answer = Run(
            "dotnet",
            ["msbuild", Path.Join(folder, "ask.proj"), "-t:ReadSourceVersion", "-getProperty:FairleadVersion", "-getProperty:FairleadCommit", .. options]);
        using var properties = JsonDocument.Parse(answer);
        JsonElement named = properties.RootElement.GetProperty("Properties");
        return (named.GetProperty("FairleadVersion").GetString()!, named.GetProperty("FairleadCommit").GetString()!);
    }

    private string Git(params string[] words) => Run("git", ["-C", root.Path, "-c", "user.name=Al", "-c", "user.email=al@example.org", .. words]);

    private string Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, WorkingDirectory = root.Path };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
