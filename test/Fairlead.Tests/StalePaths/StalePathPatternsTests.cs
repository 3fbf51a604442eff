using System.Text.RegularExpressions;
using CsCheck;
using Fairlead.StalePaths;

namespace Fairlead.Tests.StalePaths;

/// <summary>Which texts may become a path that fairlead makes a folder and a socket for.</summary>
public sealed class StalePathPatternsTests
{
    private static readonly StalePathPatterns Al = new("/tmp", "/home/al", "abcdefghij") { OwnPaths = ["/tmp/ssh-ownownowno/agent.1"] };

    [Theory]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.4242", true)]
    [InlineData("/tmp/ssh-a1B2c3D4e5F6/agent.0", true)]
    [InlineData("/tmp/ssh-a1B2c3D4e5F6/agent.sshd.4242", true)]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.Xy9zzzzzzz", false)]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.4242.Xy9zzzzzzz", false)]
    public void What_sshd_makes_is_recognised(string path, bool isInSharedFolder) =>
        Assert.Equal(new StalePath(path, isInSharedFolder), Al.Recognise(path));

    [Theory]
    [InlineData("")]
    [InlineData("/tmp")]
    [InlineData("/tmp/")]
    [InlineData("/tmp/agent.1")]
    [InlineData("/tmp/ssh-XXXXzLUSs7")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.12a")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.1/x")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.agent.1")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.sshd.")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.sshd.1.2")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.1\n")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/Agent.1")]
    [InlineData("/tmp/ssh-XXXXzLUSs7/.fairlead")]
    [InlineData("/tmp/ssh-XXXXzLUSs/agent.1/../agent.1")]
    [InlineData("/tmp//ssh-XXXXzLUSs7/agent.1")]
    [InlineData("/tmp/./ssh-XXXXzLUSs7/agent.1")]
    [InlineData("/tmp/x/../ssh-XXXXzLUSs7/agent.1")]
    [InlineData("/tmp/ssh-../agent.1")]
    [InlineData("/tmp/ssh-12345678.9/agent.1")]
    [InlineData("/tmp/ssh-123456789/agent.1")]
    [InlineData("/tmp/ssh-1234567890123/agent.1")]
    [InlineData("/tmp/ssh-abcdefghi\u00e9/agent.1")]
    [InlineData("/tmp/ssh-abcdefghi\u0661/agent.1")]
    [InlineData("/var/tmp/ssh-XXXXzLUSs7/agent.1")]
    [InlineData("tmp/ssh-XXXXzLUSs7/agent.1")]
    [InlineData("/tmp/ssh-ownownowno/agent.1")]
    [InlineData("/home/al/.ssh/agent/s.otherhosts.sshd.Xy9zzzzzzz")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.agent.Xy9zzzzzzz")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.a.b")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.1.")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd..b")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.1.2.b")]
    [InlineData("/home/al/.ssh/agent/s.otherhosts.sshd.4242.Xy9zzzzzzz")]
    [InlineData("/home/al/.ssh/agent/s.abcdefghij.sshd.a/b")]
    [InlineData("/home/al/.ssh/agent/../agent/s.abcdefghij.sshd.a")]
    [InlineData("/home/bob/.ssh/agent/s.abcdefghij.sshd.Xy9zzzzzzz")]
    public void Nothing_else_is(string path) => Assert.Null(Al.Recognise(path));

    [Fact]
    public void Where_agents_are_not_looked_for_no_path_is_old()
    {
        StalePathPatterns nowhere = Al with { SharedFolder = null, Home = null };

        Assert.Null(nowhere.Recognise("/tmp/ssh-XXXXzLUSs7/agent.4242"));
        Assert.Null(nowhere.Recognise("/home/al/.ssh/agent/s.abcdefghij.sshd.Xy9zzzzzzz"));
    }

    /// <summary>What the two shapes are, said in another way.</summary>
    [Fact]
    public void Exactly_the_two_shapes_are_recognised() =>
        Gen.OneOf(
            Noise.Around("/tmp", "/home/al/.ssh/agent", "/", "/ssh-", "abcdefghij", "/agent.", "s.", ".sshd.", "X", "\u0661", ".."),
            Gen.Select(Gen.String[Gen.Char["aZ09.\u00e9"], 9, 13], Noise.OneOf("", "sshd.", "agent."), Gen.String[Gen.Char["0129a"], 0, 5], (random, tag, pid) => $"/tmp/ssh-{random}/agent.{tag}{pid}"),
            Gen.Select(Noise.OneOf("abcdefghij", "otherhosts", ""), Gen.String[Gen.Char["aZ09./"], 0, 5], (hash, random) => $"/home/al/.ssh/agent/s.{hash}.sshd.{random}"))
            .Sample(path =>
            {
                bool isShared = Regex.IsMatch(path, @"^/tmp/ssh-[A-Za-z0-9]{10,12}/agent\.(sshd\.)?[0-9]+\z");
                bool isInHome = Regex.IsMatch(path, @"^/home/al/\.ssh/agent/s\.abcdefghij\.sshd\.([0-9]+\.)?[A-Za-z0-9]+\z");
                Assert.Equal(isShared || isInHome ? new StalePath(path, isShared) : null, Al.Recognise(path));
            });
}
