using Fairlead.Core.Options;
using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

public sealed class ConfigurationTests
{
    private const string File = "/home/al/.config/fairlead/config.toml";

    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    [Fact]
    public void An_empty_file_leaves_everything_at_its_default()
    {
        Configuration read = Read("");

        Assert.Null(read.Socket);
        Assert.Equal(["/tmp", "/home/al/.ssh/agent"], read.DiscoveryFolders);
        Assert.Empty(read.Agents);
        Assert.Empty(read.Lines);
    }

    [Fact]
    public void Everything_that_can_be_set_is_read_with_its_line()
    {
        Configuration read = Read("""
            # a comment
            socket = "~/agent.sock"

            [discovery]
            folders = ["/run/agents", "~/.ssh/agent"]

            [[agent]]
            name = "keychain"
            socket = "/run/user/1000/keychain"
            role = "fallback"

            [[agent]]
            name = "card"
            socket = "~/card"
            role = "always"
            """);

        Assert.Equal("/home/al/agent.sock", read.Socket);
        Assert.Equal(["/run/agents", "/home/al/.ssh/agent"], read.DiscoveryFolders);
        Assert.Equal(
            [
                new ConfiguredAgent("keychain", "/run/user/1000/keychain", AgentRole.Fallback, 7),
                new ConfiguredAgent("card", "/home/al/card", AgentRole.Always, 12),
            ],
            read.Agents);
        Assert.Equal((2, 5), (read.Lines["socket"], read.Lines["discovery.folders"]));
    }

    [Fact]
    public void How_keys_are_shared_out_is_read()
    {
        Configuration read = Read("""
            [routing]
            keys = "all"
            forwarded_changes = true
            """);

        Assert.Equal((true, true), (read.MergesKeys, read.AllowsForwardedChanges));
        Assert.Equal((false, false), (Read("").MergesKeys, Read("routing.keys = \"leader\"").AllowsForwardedChanges));
    }

    [Fact]
    public void How_long_a_request_is_held_is_read()
    {
        Assert.Equal(new HoldTimeouts { Time = TimeSpan.FromHours(8), Bound = TimeSpan.FromSeconds(20) }, Read("[wait]\ntime = \"8h\"\nbound = \"20s\"").HoldTimeouts);
        Assert.Equal(new HoldTimeouts { Time = TimeSpan.Zero, Bound = TimeSpan.FromSeconds(90) }, Read("wait.time = \"0s\"").HoldTimeouts);
    }

    [Fact]
    public void How_long_agents_are_waited_for_is_read()
    {
        Configuration read = Read("""
            [patience]
            answer = "3s"
            awake = "20s"
            person = "5m"
            busy = "500ms"
            hedge = false
            """);

        Assert.Equal(
            new AgentTimeouts { Answer = TimeSpan.FromSeconds(3), Awake = TimeSpan.FromSeconds(20), Person = TimeSpan.FromMinutes(5), Busy = TimeSpan.FromSeconds(0.5), AsksOthers = false },
            read.AgentTimeouts);
        Assert.Equal(new AgentTimeouts(), Read("").AgentTimeouts);
    }

    [Fact]
    public void The_variables_of_a_login_are_read()
    {
        Assert.Equal(
            ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "KRB5CCNAME"], Read("").Variables);
        Assert.Equal(["DISPLAY", "_x1"], Read("[env]\nvariables = [\"DISPLAY\", \"_x1\"]").Variables);
        Assert.Empty(Read("[env]\nvariables = []").Variables);
    }

    [Fact]
    public void Whether_old_paths_are_listened_at_is_read()
    {
        Assert.True(Read("").HealsOldPaths);
        Assert.True(Read("heal.old_paths = true").HealsOldPaths);
        Assert.Equal(12, Read("limits.conversations = 12").Conversations);
        Assert.True(Read("limits.stay = true").Stays);
        Assert.False(Read("").Stays);
        Assert.False(Read("[heal]\nold_paths = false").HealsOldPaths);
    }

    [Theory]
    [InlineData("discovery.folders = [\"/a\"]")]
    [InlineData("discovery = { folders = [\"/a\"] }")]
    [InlineData("[discovery]\nfolders = [\n  \"/a\",\n]")]
    [InlineData("\"discovery\".'folders' = ['/a']")]
    public void Every_way_in_which_TOML_writes_a_value_is_read(string text) => Assert.Equal(["/a"], Read(text).DiscoveryFolders);

    [Fact]
    public void Agents_may_be_written_inline()
    {
        Configuration read = Read("agent = [ { name = \"a\", socket = \"/a\" }, { name = \"b\", socket = \"/b\" } ]");

        Assert.Equal(["a", "b"], read.Agents.Select(agent => agent.Name));
    }

    [Theory]
    [InlineData("[discovery]\n\nfolder = []", 3, "unknown key 'folder' in [discovery]", "did you mean 'folders'?")]
    [InlineData("sokcet = \"/a\"", 1, "unknown key 'sokcet'", "did you mean 'socket'?")]
    [InlineData("[discover]", 1, "unknown table 'discover'", "did you mean 'discovery'?")]
    [InlineData("\n[[agents]]\nname = \"a\"", 2, "unknown table 'agents'", "did you mean 'agent'?")]
    [InlineData("[[agent]]\nnmae = \"a\"", 2, "unknown key 'nmae' in [agent]", "did you mean 'name'?")]
    [InlineData("[routing.tmux]", 1, "unknown key 'tmux' in [routing]", "known here: fallback, keys, forwarded_changes")]
    [InlineData("[heal]\nold_path = false", 2, "unknown key 'old_path' in [heal]", "did you mean 'old_paths'?")]
    [InlineData("[limits]\nconversations = 0", 2, "'conversations' must be a whole number above zero", "write conversations = 4096")]
    [InlineData("limits.conversations = \"many\"", 1, "'conversations' must be a whole number above zero", "write conversations = 4096")]
    [InlineData("[zellij]", 1, "unknown table 'zellij'", "known here: socket, discovery, agent, laptop, routing, patience, wait, rule, heal, env, ask, log, limits")]
    [InlineData("colour = true", 1, "unknown key 'colour'", "known here: socket, discovery, agent, laptop, routing, patience, wait, rule, heal, env, ask, log, limits")]
    public void An_unknown_key_is_named_with_its_line_and_the_nearest_known_one(string text, int line, string message, string hint) =>
        Assert.Equal(new ConfigurationError(File, line, message, hint), Fail(text));

    [Theory]
    [InlineData("socket = 17", 1, "'socket' must be a string")]
    [InlineData("socket = \"\"", 1, "'socket' must be a string")]
    [InlineData("socket = [\"/a\"]", 1, "'socket' must be a string")]
    [InlineData("[discovery]\nfolders = \"/a\"", 2, "'folders' must be a list of strings")]
    [InlineData("[discovery]\nfolders = [1]", 2, "'folders' must be a list of strings")]
    [InlineData("[patience]\nanswer = 3", 2, "'answer' must be a time")]
    [InlineData("[patience]\nbusy = \"soon\"", 2, "'busy' must be a time")]
    [InlineData("patience = 1", 1, "'patience' is a table")]
    [InlineData("discovery = 1", 1, "'discovery' is a table")]
    [InlineData("[[discovery]]\nfolders = []", 1, "'discovery' is a table")]
    [InlineData("agent = \"/a\"", 1, "'agent' is a list of tables")]
    [InlineData("[agent]\nname = \"a\"", 1, "'agent' is a list of tables")]
    [InlineData("agent.name = \"a\"", 1, "'agent' is a list of tables")]
    [InlineData("laptop.name = \"a\"", 1, "'laptop' is a list of tables")]
    [InlineData("[[laptop]]\nkey = \"SHA256:a\"", 1, "a laptop without 'name'")]
    [InlineData("\n[[laptop]]\nname = \"home\"", 2, "a laptop without 'address' or 'key'")]
    [InlineData("[[laptop]]\nname = \"home\"\naddress = \"home.example\"", 3, "'home.example' is not a client's address")]
    [InlineData("[[laptop]]\nname = \"home\"\nkey = \"al@home\"", 3, "'al@home' is not a fingerprint")]
    [InlineData("[[agent]]\nname = \"a\"\nsocket = \"/a\"\nrole = \"often\"", 4, "unknown role 'often'")]
    [InlineData("agent.name = [{ socket = \"/a\" }]", 1, "'agent' is a list of tables")]
    [InlineData("[[agent.name]]", 1, "'agent.name' is not a list of tables")]
    [InlineData("[[agent]]\n[[agent.name]]", 2, "'agent.name' is not a list of tables")]
    [InlineData("[[agent]]\nname = [{ socket = \"/a\" }]", 2, "'name' must be a string")]
    [InlineData("[[discovery.folders]]", 1, "'discovery.folders' is not a list of tables")]
    [InlineData("\n[[agent]]\nname = \"a\"", 2, "an agent without 'socket'")]
    [InlineData("[[agent]]\nsocket = \"/a\"", 1, "an agent without 'name'")]
    [InlineData("[[agent]]\nname = \"a\"\nsocket = \"/a\"\n[[agent]]\nname = \"a\"\nsocket = \"/b\"", 4, "a second agent with the name 'a'")]
    [InlineData("[heal]\nold_paths = \"no\"", 2, "'old_paths' must be true or false")]
    [InlineData("heal = false", 1, "'heal' is a table")]
    [InlineData("env = []", 1, "'env' is a table")]
    [InlineData("[env]\nvariables = \"DISPLAY\"", 2, "'variables' must be a list of strings")]
    [InlineData("[env]\nvariables = [\"DISPLAY\", \"a;b\"]", 2, "'a;b' is not the name of a variable")]
    [InlineData("[env]\nvariables = [\"2ND\"]", 2, "'2ND' is not the name of a variable")]
    [InlineData("[env]\nvariables = [\"A\\nB\"]", 2, "'A\nB' is not the name of a variable")]
    [InlineData("[env]\nvariables = [\"SSH_AUTH_SOCK\"]", 2, "SSH_AUTH_SOCK is what 'fairlead init' sets, once and for good")]
    [InlineData("socket = \"agent.sock\"", 1, "'agent.sock' is not an absolute path")]
    [InlineData("socket = \"$HOME/agent.sock\"", 1, "'$HOME/agent.sock' is not an absolute path")]
    [InlineData("[discovery]\nfolders = [\"/a\", \"~bob/b\"]", 2, "'~bob/b' is not an absolute path")]
    public void A_value_of_the_wrong_kind_is_named_with_its_line(string text, int line, string message)
    {
        ConfigurationError error = Fail(text);

        Assert.Equal((line, message), (error.Line, error.Message));
    }

    [Theory]
    [InlineData("socket = ", 1, "'socket' has no value", "write socket = \"...\"")]
    [InlineData("\n\nsocket \"/a\"", 3, "a key without '='", "write key = \"value\"")]
    [InlineData("fallback: any", 1, "a key without '='", "write key = \"value\"")]
    [InlineData("socket = \"/a\"\nsocket = \"/b\"", 2, "this is set a second time", "keep one of the two, and write each table once")]
    [InlineData("[wait]\n[wait]", 2, "this is set a second time", "keep one of the two, and write each table once")]
    [InlineData("socket = /a # here", 1, "a string needs quotes", "write socket = \"/a\"")]
    [InlineData("[wait]\ntime = 8h", 2, "a string needs quotes", "write time = \"8h\"")]
    [InlineData("[heal]\nold_paths = yes", 2, "'yes' is not a value", "write true or false")]
    [InlineData("socket = \"/a", 1, "a string has no closing quote", "end it with the quote that it begins with")]
    [InlineData("socket = '/a\n", 1, "a string has no closing quote", "end it with the quote that it begins with")]
    [InlineData("socket = \"\\p\"", 1, "a backslash begins an escape", @"write it twice, as ""C:\\x"", or put the string in single quotes")]
    [InlineData("[routing\nfallback = \"any\"", 1, "the brackets around a table's name do not match", "write [name] or [[name]], alone in its line")]
    [InlineData("[[rule]\nuse = \"none\"", 1, "the brackets around a table's name do not match", "write [name] or [[name]], alone in its line")]
    [InlineData("[discovery]\nfolders = [\"/tmp\"", 2, "a list is not closed", "end it with ]")]
    [InlineData("[discovery]\nfolders = [\"/a\" \"/b\"]", 2, "two values of a list have no comma between them", "write [\"...\", \"...\"]")]
    [InlineData("socket = \"/a\" // here", 1, "there is more after the value", "write one value on a line; a comment begins with #")]
    [InlineData("// here", 1, "this is neither a table, nor a key and its value", "write [table], or key = \"value\"; a comment begins with #")]
    public void What_is_not_TOML_is_named_with_its_line_in_plain_words(string text, int line, string message, string hint) =>
        Assert.Equal(new ConfigurationError(File, line, message, hint), Fail(text));

    [Theory]
    [InlineData("\nsocket = \"/a\\", 2)]
    [InlineData("agent = [{ name = \"a\", socket = \"/a\" }]\n[[agent]]\nname = \"b\"\nsocket = \"/b\"", 2)]
    public void What_the_parser_trips_over_is_named_with_its_line(string text, int line) => Assert.Equal(line, Fail(text).Line);

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Brackets_without_end_are_a_mistake(char open, char close)
    {
        string inner = open == '{' ? "a = " : "";
        string text = "socket = " + string.Concat(Enumerable.Repeat(open + inner, 100_000)) + "1" + new string(close, 100_000);

        Assert.Equal($"{File}: is not TOML that can be read", Fail(text).ToString());
    }

    [Fact]
    public void An_error_reads_as_editors_understand_it() =>
        Assert.Equal($"{File}:3: unknown key 'folder' in [discovery]", Fail("[discovery]\n\nfolder = []").ToString());

    [Theory]
    [InlineData("/home/al/cfg", "/home/al/cfg/fairlead/config.toml")]
    [InlineData(null, "/home/al/.config/fairlead/config.toml")]
    public void The_file_lies_where_the_basedir_specification_says(string? configHome, string expected) =>
        Assert.Equal(expected, ConfigurationFile.PathIn(Al with { ConfigHome = configHome }));

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_not_a_default()
    {
        using var folder = new TempFolder();
        ConfigurationResult read = ConfigurationFile.Load(folder.Path, Al);

        Assert.Equal($"{folder.Path}: cannot be read: is a directory", Assert.Single(read.Errors).ToString());
        Assert.Equal($"{folder["none"]}: cannot be read: no such file or directory", ConfigurationFile.Load(folder["none"], Al).Errors[0].ToString());
    }

    [Fact]
    public void What_is_no_file_is_not_waited_for()
    {
        using var folder = new TempFolder();
        System.IO.File.CreateSymbolicLink(folder["endless"], "/dev/zero");
        foreach (string path in new[] { folder.MakePipe("pipe"), folder.Bind("socket"), folder["endless"] })
        {
            Assert.Equal($"{path}: cannot be read: is a pipe, a socket or a device", ConfigurationFile.Load(path, Al).Errors[0].ToString());
        }
    }

    [Fact]
    public void A_file_as_long_as_it_may_be_is_read_however_many_agents_it_names()
    {
        using var folder = new TempFolder();
        string[] agents = [.. Enumerable.Range(1000, 7000).Select(number => $"[[agent]]\nname=\"{number}\"\nsocket=\"/a\"")];
        string text = string.Join('\n', agents);
        text += "\n#" + new string('#', ConfigurationFile.MaxLength - text.Length - 2);
        System.IO.File.WriteAllText(folder["config.toml"], text);
        Configuration? read = ConfigurationFile.Load(folder["config.toml"], Al).Configuration;
        Assert.Equal(agents.Length, read?.Agents.Count);

        System.IO.File.AppendAllText(folder["config.toml"], "#");
        Assert.Equal($"{folder["config.toml"]}: is longer than 256 KiB", ConfigurationFile.Load(folder["config.toml"], Al).Errors[0].ToString());
    }

    private static Configuration Read(string text)
    {
        ConfigurationResult result = ConfigurationFile.Parse(File, text, Al);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }

    private static ConfigurationError Fail(string text)
    {
        ConfigurationResult result = ConfigurationFile.Parse(File, text, Al);
        Assert.Null(result.Configuration);
        return Assert.Single(result.Errors);
    }
}
