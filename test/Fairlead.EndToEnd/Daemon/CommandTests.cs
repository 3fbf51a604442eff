using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

public class CommandTests
{
    private const int NoAgent = 1;
    private const int Usage = 2;
    private const int NoDaemon = 3;

    [Fact]
    public async Task Path_prints_the_path_that_the_rc_line_exports()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();

        (int exitCode, string path) = await sofa.Ask($"{stage.Fairlead} path");

        Assert.Equal((0, stage.StableSocket), (exitCode, path));
        Assert.Equal(stage.StableSocket, await sofa.AuthSock());
    }

    [Fact]
    public async Task The_sockets_are_private_to_the_person()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await home.LogIn();

        string owner = $"{stage.Person.Name}:{stage.Person.Name}";
        string folder = Path.GetDirectoryName(stage.StableSocket)!;
        Finished modes = await Invocation.Of("stat", "-c", "%a %U:%G %F", folder, stage.StableSocket, stage.ControlSocket).Run();

        Assert.Equal($"700 {owner} directory\n600 {owner} socket\n600 {owner} socket\n", modes.Output);
        Assert.Equal([stage.StableSocket], Directory.EnumerateFileSystemEntries(folder)); // people hand it into containers
    }

    [Fact]
    public async Task List_shows_the_keys_of_the_laptop_that_is_there()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();

        (int exitCode, string list) = await sofa.Ask($"{stage.Fairlead} list");

        Assert.Equal(0, exitCode);
        Assert.Contains("home-key", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("list")]
    public async Task Json_is_for_programs(string command)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await home.LogIn();

        Finished finished = await home.Ssh("-a", "gateway", $"{stage.Fairlead} {command} --json").Run();

        using JsonDocument json = JsonDocument.Parse(finished.Output);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
    }

    [Fact]
    public async Task Exit_codes_tell_no_agent_from_no_daemon_from_wrong_usage()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();

        Assert.Equal(NoDaemon, (await stage.AsPerson(stage.Fairlead, "list")).ExitCode);
        Assert.Equal(Usage, (await stage.AsPerson(stage.Fairlead, "no-such-command")).ExitCode);
        Assert.Equal(Usage, (await stage.AsPerson(stage.Fairlead, "status", "--no-such-option")).ExitCode);
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Assert.Equal(NoAgent, (await stage.AsPerson(stage.Fairlead, "status")).ExitCode);
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        Assert.Equal(NoDaemon, (await stage.AsPerson(stage.Fairlead, "list")).ExitCode);
    }

    [Fact]
    public async Task Where_no_login_is_seen_env_and_why_name_the_next_command()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Assert.EndsWith("\nhint: ~/.local/bin/fairlead why\n", (await stage.AsPerson(stage.Fairlead, "env")).Error, StringComparison.Ordinal);
        Assert.EndsWith("\nhint: ~/.local/bin/fairlead why (for this shell)\n", (await stage.AsPerson(stage.Fairlead, "why", "2147483647")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_begin_with_the_programs_name_and_go_to_standard_error()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();

        Finished finished = await stage.AsPerson(stage.Fairlead, "list");

        Assert.Equal("", finished.Output);
        Assert.StartsWith("fairlead: ", finished.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", finished.Error, StringComparison.Ordinal);
    }
}
