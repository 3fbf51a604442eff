using Fairlead.Doctor;
using Fairlead.Shell;
using Fairlead.Ssh;

namespace Fairlead.Tests.Ssh;

public sealed class SshConfigFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void A_setting_is_found_with_its_line_and_its_block() =>
        Assert.Equal(
            [
                new SshDirective("f", 2, "IdentityAgent", "~/a", null),
                new SshDirective("f", 4, "identityagent", "none", "Host web01"),
                new SshDirective("f", 6, "IdentityAgent", "/x y", "Match user al"),
            ],
            SshConfigFile.Parse("f", "# IdentityAgent no\nIdentityAgent ~/a\nHost web01\n  identityagent=none\nMatch user al\n\tIdentityAgent \"/x y\"\n"));

    [Fact]
    public void Included_files_are_read_where_they_are_included()
    {
        Directory.CreateDirectory(folder["conf.d"]);
        File.WriteAllText(folder["config"], $"Include conf.d/*.conf\nHost a\nInclude {folder["other"]}\n");
        File.WriteAllText(folder["conf.d/1.conf"], "A 1\n");
        File.WriteAllText(folder["conf.d/2.conf"], "B 2\n");
        File.WriteAllText(folder["other"], "C 3\n");

        Assert.Equal(
            [("A", "~/conf.d/1.conf:1", null), ("B", "~/conf.d/2.conf:1", null), ("C", "~/other:1", "Host a")],
            SshConfigFile.Read(folder["config"], folder.Path, folder.Path).Select(found => (found.Keyword, found.Place, found.Block)));
    }

    [Fact]
    public void A_file_that_includes_itself_comes_to_an_end()
    {
        File.WriteAllText(folder["config"], "A 1\nInclude config\n");

        Assert.NotEmpty(SshConfigFile.Read(folder["config"], folder.Path, folder.Path));
    }

    [Theory]
    [InlineData("AllowAgentForwarding no\n", 1)]
    [InlineData("DisableForwarding yes\n", 1)]
    [InlineData("AllowAgentForwarding yes\nAllowAgentForwarding no\n", 0)]
    [InlineData("Match user al\nAllowAgentForwarding no\n", 1)]
    [InlineData("AllowTcpForwarding no\n", 0)]
    public void What_forbids_to_forward_agents_is_found(string text, int count) =>
        Assert.Equal(count, SshFactsReader.Forbidden([.. SshConfigFile.Parse("f", text)]).Count);

    [Theory]
    [InlineData("ssh-ed25519 AAAAC3 al", false)]
    [InlineData("no-agent-forwarding ssh-ed25519 AAAAC3 al", true)]
    [InlineData("restrict,pty ssh-ed25519 AAAAC3 al", true)]
    [InlineData("restrict,agent-forwarding sk-ssh-ed25519@openssh.com AAAAG al", false)]
    [InlineData("command=\"x\",no-pty,no-agent-forwarding ecdsa-sha2-nistp256 AAAAE al", true)]
    [InlineData("# no-agent-forwarding ssh-ed25519 AAAAC3 al", false)]
    [InlineData("ssh-ed25519 AAAAC3 no-agent-forwarding", false)]
    [InlineData("command=\"/bin/restricted.sh\" ssh-ed25519 AAAAC3 al", false)]
    [InlineData("command=\"a \\\"b, restrict,c\\\" d\",no-pty ssh-ed25519 AAAAC3 al", false)]
    [InlineData("Command=\"a, b\",Restrict ssh-ed25519 AAAAC3 al", true)]
    [InlineData("  No-Agent-Forwarding ssh-ed25519 AAAAC3 al", true)]
    [InlineData("agent-forwarding,restrict ssh-ed25519 AAAAC3 al", true)]
    public void A_key_that_may_not_forward_is_found(string line, bool isRestricted) => Assert.Equal(isRestricted, SshFactsReader.IsRestricted(line));

    [Theory]
    [InlineData(null, true)]
    [InlineData("host *", true)]
    [InlineData("MATCH ALL", true)]
    [InlineData("Host *.example", false)]
    public void What_holds_for_every_host_is_told_apart(string? block, bool isForAll) =>
        Assert.Equal(isForAll, new SshDirective("f", 1, "IdentityAgent", "none", block).IsForAll);

    [Theory]
    [InlineData("SSH_AUTH_SOCK", true)]
    [InlineData("~/link", true)]
    [InlineData("%d/link", true)]
    [InlineData("${HOME}/link", true)]
    [InlineData("$HOME/link", true)]
    [InlineData("~/other", false)]
    [InlineData("none", false)]
    public void A_path_that_leads_to_fairlead_is_no_other_agent(string value, bool isOurs) =>
        Assert.Equal(isOurs, SshFactsReader.NamesUs(value, "/home/al", path => path == "/home/al/link" ? SocketOwner.Ourselves : SocketOwner.AnotherProgram));

    public void Dispose() => folder.Dispose();
}
