using System.Runtime.CompilerServices;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Setup;

/// <summary>What install.sh asks for, and what it asks of the compiler, which has compiled already here.</summary>
public class InstallScriptTests
{
    [Fact]
    public async Task The_build_takes_the_packages_of_the_lock_files_and_leaves_no_server_running()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await Prepare(stage);

        (await Run(stage, $"{stage.Person.InHome("sources/bin")}:{Invocation.SearchPath}", "--yes")).Succeeded();
        string[] asked = await File.ReadAllLinesAsync(stage.Person.InHome("asked"));
        (await Run(stage, Invocation.SearchPath, "--uninstall", "--yes")).Succeeded();

        string restore = Assert.Single(asked, line => line.StartsWith("restore ", StringComparison.Ordinal));
        Assert.Contains("--locked-mode", restore, StringComparison.Ordinal);
        Assert.DoesNotContain("--runtime", restore, StringComparison.Ordinal); // the lock files are for all: with one they count as changed
        string publish = Assert.Single(asked, line => line.StartsWith("publish ", StringComparison.Ordinal));
        Assert.Contains("--no-restore", publish, StringComparison.Ordinal);
        Assert.All(asked.Where(line => line != "--version"), line => Assert.Contains("--disable-build-servers", line, StringComparison.Ordinal));
        Assert.False(Path.Exists(stage.Person.InHome(".ssh/fairlead")));
        Assert.False(Path.Exists(stage.Person.InHome(".local/state/fairlead")));
    }

    [Fact]
    public async Task Nothing_is_installed_for_the_build_without_a_yes()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await Prepare(stage);
        // All programs of this machine but those that the build needs.
        const string link = "mkdir ~/tools && cd ~/tools && ln -s /usr/bin/* . && rm -f cc gcc clang ld.lld apt-get sudo && install -m 755 ~/fake ./apt-get && install -m 755 ~/fake ./sudo";
        await stage.Person.Write("fake", "#!/bin/sh\necho \"$@\" >>~/installed\n", "755");
        (await stage.AsPerson("sh", "-c", link)).Succeeded();

        Finished install = await Run(stage, $"{stage.Person.InHome("sources/bin")}:{stage.Person.InHome("tools")}");

        Assert.Equal(1, install.ExitCode);
        Assert.Contains("The build needs the Debian packages gcc", install.Output, StringComparison.Ordinal);
        Assert.StartsWith("fairlead: the build needs them\nhint: sudo apt-get install gcc", install.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(stage.Person.InHome("installed")));
    }

    /// <summary>No SDK, no root: what an archive has is enough.</summary>
    [Fact]
    public async Task From_an_unpacked_archive_the_next_login_has_the_path()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await Unpack(stage);
        Laptop laptop = await stage.AddLaptop("home");

        Finished installed = (await Run(stage, Invocation.SearchPath, "--yes")).Succeeded();

        Login login = await laptop.LogIn();
        Assert.Equal(stage.StableSocket, await login.AuthSock());
        Assert.Equal("home-key", await login.KeySeenByWeb01());
        Assert.Matches("(?m)^Installed fairlead [0-9.]+.* as \\S+/[.]local/bin/fairlead[.]$", installed.Output);
        Assert.True(File.Exists(stage.Person.InHome(".local/share/man/man1/fairlead.1")));

        (await Run(stage, Invocation.SearchPath, "--uninstall", "--yes")).Succeeded();
        Assert.False(Directory.Exists(stage.Person.InHome(".local/share")));
        Assert.False(Path.Exists(stage.Fairlead));
    }

    /// <summary>Who has the program alone has all that is needed to be rid of it.</summary>
    [Fact]
    public async Task Without_the_script_the_way_back_says_what_stays()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await Unpack(stage);
        await stage.Person.Write(".config/fairlead/config.toml", "");
        (await Run(stage, Invocation.SearchPath, "--yes")).Succeeded();

        Finished undone = (await stage.AsPerson(stage.Fairlead, "setup", "--undo", "--yes")).Succeeded();

        Assert.Contains("Your configuration is kept: ~/.config/fairlead/config.toml\nThe program itself is kept. To remove it: rm ~/.local/bin/fairlead\n", undone.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists(stage.Person.InHome(".ssh/fairlead")));
        Assert.False(Path.Exists(stage.Person.InHome(".local/state")));
    }

    [Theory]
    [InlineData("size=64m,noexec", "fairlead: programs in {0}/tools/bin may not be run (is it mounted noexec?)\nhint: ./install.sh --prefix DIR, on another file system\n")]
    [InlineData("size=1m", "fairlead: there is no room for the program in {0}/tools/bin, or it may not be written to\nhint: df '{0}/tools/bin'; ls -ld '{0}/tools/bin'\n")]
    [InlineData("size=64m,ro", "fairlead: {0}/tools/bin cannot be made\nhint: ./install.sh --prefix DIR\n")]
    public async Task A_place_that_is_not_fit_is_named_and_left_as_it_was(string options, string expected)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await Unpack(stage);
        string disk = stage.Person.InHome("disk");
        await stage.Person.Write("disk/empty", "");
        const string script = "mount -t tmpfs -o \"$1\",mode=777 none \"$2\" && shift && disk=$1 && shift && { \"$@\" 2>&1 || ls -A \"$disk\"; }";

        Finished done = await Invocation.Of(
            ["unshare", "--mount", "sh", "-c", script, "sh", options, disk,
                .. Invocation.Of(stage.Person.InHome("sources/install.sh"), "--yes", "--prefix", $"{disk}/tools").As(stage.Person).Words]).Run();

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, disk), done.Output);
    }

    private static async Task Unpack(Stage stage)
    {
        await stage.Person.Write("sources/README", "");
        string folder = stage.Person.InHome("sources");
        (await Invocation.Of("cp", Path.Combine(Repository(), "install.sh"), FairleadBinary.Existing, folder).Run()).Succeeded();
        if (Path.GetFileName(FairleadBinary.Existing) != "fairlead")
        {
            File.Move(Path.Combine(folder, Path.GetFileName(FairleadBinary.Existing)), Path.Combine(folder, "fairlead"));
        }
    }

    private static async Task Prepare(Stage stage)
    {
        await stage.Person.Write("sources/bin/dotnet", "#!/bin/sh\necho \"$@\" >>~/asked\necho 10.0.100\n", "755");
        string sources = stage.Person.InHome("sources");
        (await Invocation.Of("cp", "-r", Path.Combine(Repository(), "install.sh"), Path.Combine(Repository(), "packaging"), sources).Run()).Succeeded();
        (await Invocation.Of("install", "-D", FairleadBinary.Existing, Path.Combine(sources, "artifacts/fairlead")).Run()).Succeeded();
    }

    private static Task<Finished> Run(Stage stage, string path, params string[] options) =>
        Invocation.Of([stage.Person.InHome("sources/install.sh"), .. options]).As(stage.Person, $"PATH={path}").Run();

    private static string Repository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(thisFile, "../../../.."));
}
