using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Setup;

/// <summary><c>fairlead setup</c> on an account that never saw it, and the way back.</summary>
public class SetupTests
{
    [Fact]
    public async Task A_person_is_asked_once_has_the_path_at_the_next_login_and_can_go_back_without_a_trace()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Laptop laptop = await stage.AddLaptop("home");
        Dictionary<string, string> before = FilesOf(stage);
        string[] folders = FoldersOf(stage);

        Login first = await laptop.LogIn();
        await Answer(first, $"{stage.Fairlead} setup", "", "These changes were not applied[.]");
        Assert.Equal(before, FilesOf(stage));
        await Answer(first, $"{stage.Fairlead} setup", "y", "Done[.]");
        await first.LogOut();

        Login second = await laptop.LogIn();
        Assert.Equal(stage.StableSocket, await second.AuthSock());
        Assert.Equal("home-key", await second.KeySeenByWeb01());
        Dictionary<string, string> after = FilesOf(stage);
        Finished again = (await stage.AsPerson(stage.Fairlead, "setup", "--yes")).Succeeded();
        Assert.Contains($"{stage.Person.InHome(".bashrc")} is unchanged: it has the line already", again.Output, StringComparison.Ordinal);
        Assert.Equal(after, FilesOf(stage));

        await Answer(second, $"{stage.Fairlead} setup --undo", "yes", "Done[.]");
        Assert.Equal(before, FilesOf(stage));
        Assert.Equal(folders, FoldersOf(stage));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_changed()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Dictionary<string, string> before = FilesOf(stage);

        Finished shown = await stage.AsPerson(stage.Fairlead, "setup");
        Assert.Equal((1, ""), (shown.ExitCode, shown.Error));
        Assert.Contains($"'{stage.Fairlead}' init bash", shown.Output, StringComparison.Ordinal);
        Assert.EndsWith("These changes were not applied: there is no terminal to ask on. To apply them without a question: ~/.local/bin/fairlead setup --yes\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal(before, FilesOf(stage));

        (await stage.AsPerson(stage.Fairlead, "setup", "-y")).Succeeded();
        Dictionary<string, string> after = FilesOf(stage);
        Finished refused = await stage.AsPerson(stage.Fairlead, "setup", "--undo");
        Assert.Equal((1, "fairlead: nothing was removed: there is no terminal to ask on\nhint: ~/.local/bin/fairlead setup --undo --yes\n"), (refused.ExitCode, refused.Error));
        Assert.Equal(after, FilesOf(stage));
    }

    [Theory]
    [InlineData("444", "written")]
    [InlineData("000", "read")]
    public async Task A_file_that_may_not_be_changed_is_named_and_all_else_is_done(string mode, string what)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string bashrc = stage.Person.InHome(".bashrc");
        await stage.Person.Write(".zshrc", "mine");
        await stage.Person.Own(bashrc, mode);
        string text = await File.ReadAllTextAsync(bashrc);

        Finished done = await stage.AsPerson(stage.Fairlead, "setup", "--yes");

        Assert.Equal(1, done.ExitCode);
        Assert.StartsWith($"fairlead: {bashrc} cannot be {what}: permission denied\nhint: ", done.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(bashrc));
        Assert.EndsWith("# <<< fairlead <<<\nmine", await File.ReadAllTextAsync(stage.Person.InHome(".zshrc")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_where_no_file_can_be_made_is_named()
    {
        await using Stage stage = await Stage.Raise(ShellKind.Fish, cure: Cure.None);
        await stage.Install();
        await stage.Person.Own(stage.Person.InHome(".config/fish"), "555");

        Finished done = await stage.AsPerson(stage.Fairlead, "setup", "--yes");

        string file = stage.Person.InHome(".config/fish/conf.d/fairlead.fish");
        Assert.Equal((1, $"fairlead: {file} cannot be made: permission denied\nhint: ~/.local/bin/fairlead setup\n"), (done.ExitCode, done.Error));
    }

    /// <summary>The file fills its disk: its own text fits once more, and the line does not.</summary>
    [Fact]
    public async Task On_a_full_disk_the_file_is_as_it_was()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string disk = stage.Person.InHome("disk");
        string text = new string('#', 8191) + "\n";
        await stage.Person.Write("disk/empty", "");
        await stage.Person.Write("text", text);
        File.Delete(stage.Person.InHome(".bashrc"));
        (await Invocation.Of("ln", "-s", "disk/rc", stage.Person.InHome(".bashrc")).As(stage.Person).Run()).Succeeded();
        const string script =
            "mount -t tmpfs -o size=8k,mode=777 none \"$1\" && cp \"$2\" \"$1/rc\" && chmod 666 \"$1/rc\" && shift 2 && { \"$@\" 2>&1 >/dev/null; cat disk/rc; }";

        Finished done = await Invocation.Of(
            ["env", "-C", stage.Person.Home, "unshare", "--mount", "sh", "-c", script, "sh", disk, stage.Person.InHome("text"),
                .. Invocation.Of(stage.Fairlead, "setup", "--yes").As(stage.Person).Words]).Run();

        Assert.Equal($"fairlead: {stage.Person.InHome(".bashrc")} cannot be written: no space left on device\nhint: ~/.local/bin/fairlead setup\n{text}", done.Output);
    }

    /// <summary>Its lock and its sockets are its own until it ends.</summary>
    [Fact]
    public async Task A_daemon_that_does_not_stop_keeps_its_files_and_answers_again()
    {
        await using Stage stage = await Stage.Raise();
        Login login = await (await stage.AddLaptop("home")).LogIn();
        string daemon = Assert.Single(stage.DaemonProcesses()).ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await Invocation.Of("kill", "-STOP", daemon).Run()).Succeeded();

        Finished undone = await stage.AsPerson(stage.Fairlead, "setup", "--undo", "--yes", "--json");
        (await Invocation.Of("kill", "-CONT", daemon).Run()).Succeeded();

        Assert.Equal(1, undone.ExitCode);
        Assert.Contains("\"complete\":false", undone.Output, StringComparison.Ordinal);
        Assert.Contains("fairlead: the daemon is still running, so its files were kept\n", undone.Error, StringComparison.Ordinal);
        Assert.Equal("home-key", await login.KeySeenByWeb01());
    }

    [Fact]
    public async Task After_a_daemon_that_was_stopped_its_empty_folders_go_too()
    {
        await using Stage stage = await Stage.Raise();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();

        (await stage.AsPerson(stage.Fairlead, "setup", "--undo", "--yes")).Succeeded();

        Assert.False(Path.Exists(Path.GetDirectoryName(stage.StableSocket)));
        Assert.False(Path.Exists(stage.Person.InHome(".local/state")));
        Assert.EndsWith("There is nothing to undo.\n", (await stage.AsPerson(stage.Fairlead, "setup", "--undo")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_names_the_path_of_the_recipe_is_answered()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.Symlink);
        await stage.Install();
        Laptop laptop = await stage.AddLaptop("home");
        Login login = await laptop.LogIn();
        string link = stage.Person.InHome(".ssh/agent-link");
        Assert.Equal(link, await login.AuthSock());

        (int exitCode, string said) = await login.Ask($"{stage.Fairlead} setup --yes --link {link}; {stage.Fairlead} start");

        Assert.Equal(0, exitCode);
        Assert.Contains("Remove ~/.bashrc:5, which makes a link", said, StringComparison.Ordinal);
        Assert.Equal(stage.StableSocket, new FileInfo(link).LinkTarget);
        Assert.Equal("home-key", await login.KeySeenByWeb01());

        (await stage.AsPerson(stage.Fairlead, "setup", "--undo", "--yes")).Succeeded();
        Assert.Null(new FileInfo(link).LinkTarget);
    }

    /// <summary>What else a person has there is not setup's.</summary>
    private static string[] FoldersOf(Stage stage) =>
        [.. Directory.GetDirectories(stage.Person.Home, "*", SearchOption.AllDirectories).Where(folder => folder != stage.Person.InHome(".cache")).Order()];

    /// <summary>What a person's shells and programs read; fairlead's own folders are not part of it, and a shell notes what was typed.</summary>
    private static Dictionary<string, string> FilesOf(Stage stage) =>
        Directory.EnumerateFiles(stage.Person.Home, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("_history", StringComparison.Ordinal))
            .Where(file => !new[] { ".ssh/", ".local/state/fairlead/" }.Any(own => file.StartsWith(stage.Person.InHome(own), StringComparison.Ordinal)))
            .ToDictionary(file => file, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

    private static async Task Answer(Login login, string command, string answer, string outcome)
    {
        await login.Window.Type(command);
        await login.Window.Expect(@"Apply these changes\? \[y/N\] ");
        await login.Window.Type(answer);
        await login.Window.Expect(outcome);
        await login.Window.Expect(System.Text.RegularExpressions.Regex.Escape(Shell.Prompt));
    }
}
