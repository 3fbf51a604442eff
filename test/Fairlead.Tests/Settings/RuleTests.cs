using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

public sealed class RuleTests
{
    private const string File = "/home/al/.config/fairlead/config.toml";

    private const string Keychain = "[[agent]]\nname = \"keychain\"\nsocket = \"/k\"\n";

    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    [Fact]
    public void Without_a_word_anything_may_answer() => Assert.Equal(FallbackMode.Any, Read("").Fallback);

    [Theory]
    [InlineData("any", nameof(FallbackMode.Any))]
    [InlineData("same-origin", nameof(FallbackMode.SameOrigin))]
    [InlineData("none", nameof(FallbackMode.None))]
    public void The_fallback_is_read_by_its_word(string word, string mode) =>
        Assert.Equal(mode, Read($"[routing]\nfallback = \"{word}\"").Fallback.ToString());

    [Fact]
    public void Every_condition_is_read()
    {
        Configuration read = Read(Keychain + """
            [[rule]]
            when = { background = true, cwd = "~/deploy/", executable = "git" }
            use = "keychain"

            [[rule]]
            when.from = "203.0.113.7"
            use = "none"

            [[rule]]
            use = "from:198.51.100.4"
            [rule.when]
            login = "al"
            session = "deploy: a|b"
            """);

        Assert.Equal(
            [
                new PolicyRule(
                    new RuleConditions { Background = true, Folder = "/home/al/deploy", Executable = "git" }, 4) { Use = AgentChoice.Parse("keychain") },
                new PolicyRule(new RuleConditions { From = "203.0.113.7" }, 8) { Use = AgentChoice.None },
                new PolicyRule(new RuleConditions { Login = "al", Session = "deploy: a|b" }, 12) { Use = new AgentChoice(null, "198.51.100.4") },
            ],
            read.Rules);
    }

    [Theory]
    [InlineData("[routing]\nfallback = \"all\"", 2, "unknown fallback 'all'", "write one of \"any\", \"same-origin\", \"none\"")]
    [InlineData("[routing]\nfalback = \"any\"", 2, "unknown key 'falback' in [routing]", "did you mean 'fallback'?")]
    [InlineData("routing = \"any\"", 1, "'routing' is a table", "write [routing]")]
    [InlineData("[rule]\nuse = \"none\"", 1, "'rule' is a list of tables", "write [[rule]]")]
    [InlineData("rule = \"none\"", 1, "'rule' is a list of tables", "write [[rule]]")]
    [InlineData("[[rule]]\nuse = \"none\"", 1, "a rule without 'when'", "add when = { background = true } or another condition")]
    [InlineData("[[rule]]\nwhen = { background = true }", 1, "a rule without 'use', 'keys' or 'ask'", "add use = \"none\", an agent's name, or \"from:ADDRESS\"; or keys = [\"SHA256:...\"]; or ask = true")]
    [InlineData("[[rule]]\nwhen = { background = 1 }", 2, "'background' must be true or false", "write background = true")]
    [InlineData("[[rule]]\nwhen = { form = \"a\" }", 2, "unknown key 'form' in [rule.when]", "did you mean 'from'?")]
    [InlineData("[[rule]]\nwhen = { sesion = \"a\" }", 2, "unknown key 'sesion' in [rule.when]", "did you mean 'session'?")]
    [InlineData("[[rule]]\nwhen = true\nuse = \"none\"", 2, "'when' is a table", "write when = { from = \"...\" }")]
    [InlineData("[[rule.when]]\nfrom = \"203.0.113.7\"", 1, "'rule.when' is not a list of tables", "write when = ... below [[rule]] or [rule]")]
    [InlineData("[[rule]]\nuse = \"none\"\n[[rule.when]]\nfrom = \"203.0.113.7\"", 3, "'rule.when' is not a list of tables", "write when = ... below [[rule]] or [rule]")]
    [InlineData("rule.use = [{ when = 1 }]", 1, "'rule' is a list of tables", "write [[rule]]")]
    [InlineData("[[rule]]\nwhen = [{ from = \"203.0.113.7\" }]\nuse = \"none\"", 2, "'when' is a table", "write when = { from = \"...\" }")]
    [InlineData("[[rule]]\nwhen.cwd = \"src\"\nuse = \"none\"", 2, "'src' is not an absolute path", "begin it with / or ~/")]
    [InlineData("[[rule]]\nwhen.from = \"203.0.113.7\"\nuse = \"from:\"", 1, "'from:' without an address", "write use = \"from:203.0.113.7\"")]
    [InlineData("[[rule]]\nwhen.from = \"127.0.0.0/8\"\nuse = \"none\"", 2, "'127.0.0.0/8' is not a client's address", "write one address, as 'fairlead status' shows it")]
    [InlineData("[[rule]]\nwhen.from = \"laptop.example.org\"\nuse = \"none\"", 2, "'laptop.example.org' is not a client's address", "write one address, as 'fairlead status' shows it")]
    [InlineData("[[rule]]\nwhen.background = true\nuse = \"from:300.1.2.3\"", 1, "'300.1.2.3' is not a client's address", "write one address, as 'fairlead status' shows it")]
    [InlineData("[[rule]]\nwhen.host = \"git@github.com\"\nuse = \"none\"", 2, "'git@github.com' is not the name of a server", "write it as known_hosts has it: \"github.com\" or \"[web01]:2222\"; the user is a condition of its own")]
    [InlineData("[[rule]]\nwhen.host = \"web01:2222\"\nuse = \"none\"", 2, "'web01:2222' is not the name of a server", "write it as known_hosts has it: \"github.com\" or \"[web01]:2222\"; the user is a condition of its own")]
    [InlineData("[[rule]]\nwhen.user = \"git@github.com\"\nuse = \"none\"", 2, "'git@github.com' names a server as well", "write user = \"git\", host = \"github.com\"")]
    [InlineData("[[rule]]\nwhen.under = \"./claude\"\nuse = \"none\"", 2, "'./claude' is not an absolute path", "begin it with / or ~/")]
    [InlineData("[[rule]]\nwhen.user = \"root\"\nkeys = []", 1, "'user', 'sign' and 'key' are known only when something is to be signed", "such a rule can say use = \"none\" or ask = true")]
    [InlineData("[[rule]]\nwhen.key = \"SHA256:a\"\nuse = \"from:203.0.113.7\"", 1, "'user', 'sign' and 'key' are known only when something is to be signed", "such a rule can say use = \"none\" or ask = true")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nkeys = [\"home-key\"]", 3, "'home-key' is not a fingerprint", "write one that begins with SHA256:, as 'fairlead list' shows it")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nkeys = \"SHA256:a\"", 3, "'keys' must be a list of strings", "write keys = [\"...\"]")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nask = 5", 3, "'ask' must be true, false or a time", "write ask = true, or ask = \"30m\"")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nask = \"x\"", 3, "'ask' must be true, false or a time", "write ask = true, or ask = \"30m\"")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nask = \"true\"", 3, "'ask' must be true, false or a time", "write ask = true, or ask = \"30m\"")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nask = \"0s\"", 3, "'ask' must be true, false or a time", "write ask = true, or ask = \"30m\"")]
    [InlineData("[[rule]]\nwhen.login = \"al\"\nask = [true]", 3, "'ask' must be true, false or a time", "write ask = true, or ask = \"30m\"")]
    [InlineData("[[rule]]\nwhen.user = \"root\"\nkeys = []\nask = true", 1, "'user', 'sign' and 'key' are known only when something is to be signed", "such a rule can say use = \"none\" or ask = true")]
    [InlineData("[[rule]]\nask = true", 1, "a rule without 'when'", "add when = { background = true } or another condition")]
    [InlineData("[[rule]]\nwhen.variable = \"=1\"\nuse = \"none\"", 2, "'=1' does not begin with the name of a variable", "write variable = \"CLAUDECODE=1\"")]
    [InlineData(Keychain + "[[rule]]\nwhen.from = \"203.0.113.7\"\nuse = \"keychian\"", 4, "no agent has the name 'keychian'", "did you mean 'keychain'?")]
    public void A_mistake_is_named_with_its_line(string text, int line, string message, string hint) =>
        Assert.Equal(new ConfigurationError(File, line, message, hint), Assert.Single(ConfigurationFile.Parse(File, text, Al).Errors));

    [Theory]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1%eth0")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("UNKNOWN", "UNKNOWN")]
    [InlineData("192.0.2.0/24", null)]
    [InlineData("web01", null)]
    [InlineData("", null)]
    public void An_address_is_compared_as_sshd_writes_it(string text, string? address) => Assert.Equal(address, ClientAddress.Parse(text));

    [Fact]
    public void Conditions_about_programs_servers_and_signatures_are_read() => Assert.Equal(
        [
            new PolicyRule(new RuleConditions { Under = "claude", Variable = "CLAUDECODE=1", Forwarded = false, Host = "github.com" }, 1) { Keys = new KeyChoice(["SHA256:abc", "SHA256:def"]) },
            new PolicyRule(new RuleConditions { User = "root", Host = "SHA256:Host", Key = "SHA256:abc" }, 4) { Use = AgentChoice.None },
            new PolicyRule(new RuleConditions { Sign = "git" }, 7) { Use = AgentChoice.None },
        ],
        Read("""
            [[rule]]
            when = { under = "claude", variable = "CLAUDECODE=1", forwarded = false, host = "GitHub.com" }
            keys = ["SHA256:abc=", "SHA256:def"]
            [[rule]]
            when = { user = "root", host = "SHA256:Host=", key = "SHA256:abc" }
            use = "none"
            [[rule]]
            when.sign = "git"
            use = "none"
            """).Rules);

    [Theory]
    [InlineData("true", true, null)]
    [InlineData("false", false, null)]
    [InlineData("\"30m\"", true, 1800.0)]
    [InlineData("\"1.5s\"", true, 1.5)]
    public void Whether_the_person_is_asked_is_all_that_a_rule_need_say(string text, bool isAsked, double? seconds)
    {
        PolicyRule rule = Assert.Single(Read($"[[rule]]\nwhen = {{ under = \"claude\" }}\nask = {text}").Rules);

        Assert.Equal(new PolicyRule(new RuleConditions { Under = "claude" }, 1) { Ask = new AskChoice(isAsked, seconds is { } time ? TimeSpan.FromSeconds(time) : null) }, rule);
        Assert.Equal(text, rule.Ask!.ToString());
    }

    [Theory]
    [InlineData("user")]
    [InlineData("sign")]
    [InlineData("key")]
    public void A_rule_about_signatures_may_ask_and_deny(string condition)
    {
        string value = condition == "key" ? "SHA256:a" : "git";

        Assert.Equal(AskChoice.EachTime, Assert.Single(Read($"[[rule]]\nwhen.{condition} = \"{value}\"\nask = true").Rules).Ask);
        Assert.True(Assert.Single(Read($"[[rule]]\nwhen.{condition} = \"{value}\"\nask = true\nuse = \"none\"").Rules) is { Use.IsDenial: true, Ask.IsAsked: true });
    }

    [Fact]
    public void The_first_of_two_rules_for_a_program_may_be_an_exception() =>
        Assert.Equal([AskChoice.Never, AskChoice.EachTime], Read("[[rule]]\nwhen.login = \"al\"\nask = false\n[[rule]]\nwhen.login = \"al\"\nask = true").Rules.Select(rule => rule.Ask));

    [Theory]
    [InlineData("git", true)]
    [InlineData("/usr/bin/git", true)]
    [InlineData("ssh", false)]
    [InlineData("ssh-keygen", false)]
    public void A_program_that_starts_ssh_is_never_the_one_that_connects(string program, bool isDoubted) =>
        Assert.Equal(isDoubted ? [1] : [], RuleDoubt.In(Read($"[[rule]]\nwhen.executable = \"{program}\"\nuse = \"none\"")).Select(doubt => doubt.Line));

    [Theory]
    [InlineData("[web01]:2222")]
    [InlineData("2001:db8::9")]
    [InlineData("203.0.113.9")]
    public void A_server_is_named_as_in_known_hosts(string host) =>
        Assert.Equal(host, Assert.Single(Read($"[[rule]]\nwhen.host = \"{host}\"\nuse = \"none\"").Rules).When.Host);

    [Fact]
    public void A_program_in_the_home_is_named_by_its_path() =>
        Assert.Equal("/home/al/claude", Assert.Single(Read("[[rule]]\nwhen.under = \"~/claude\"\nuse = \"none\"").Rules).When.Under);

    [Fact]
    public void What_is_no_login_has_no_server() =>
        Assert.Equal([1], RuleDoubt.In(Read("[[rule]]\nwhen = { sign = \"git\", host = \"web01\" }\nuse = \"none\"")).Select(doubt => doubt.Line));

    [Fact]
    public void The_rules_are_shown() =>
        Snapshot.Matches(
            "config-rules.txt",
            ConfigurationView.Render(
                ConfigurationReport.Of(
                    Read("[routing]\nfallback = \"same-origin\"\n[[rule]]\nwhen = { background = true, cwd = \"/srv\" }\nuse = \"none\"\n[[rule]]\nwhen = { under = \"claude\", executable = \"git\" }\nkeys = [\"SHA256:a\", \"SHA256:b\"]\nask = \"30m\"\n"), File, "/s"),
                new OutputStyle(Colour: false, Width: 80)));

    private static Configuration Read(string text)
    {
        ConfigurationResult result = ConfigurationFile.Parse(File, text, Al);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }
}
