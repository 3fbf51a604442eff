using System.Text;
using CsCheck;
using Fairlead.Deploy;
using Fairlead.Output.Hosts;

namespace Fairlead.Tests.Deploy;

/// <summary>What a host says is not trusted: neither its bytes nor their number.</summary>
public sealed class RemoteAnswersTests
{
    private const string Mark = "0a1b";

    [Fact]
    public async Task Answers_are_told_from_what_rc_files_print()
    {
        var answers = Of("Welcome!\n0a1 host Mars\nno line end\n0a1b host Linux x86_64 6.1\njunk\n0a1b ready\n");

        Assert.Equal(new RemoteAnswer("host", "Linux x86_64 6.1"), await answers.NextAsync());
        Assert.Equal(new RemoteAnswer("ready", ""), await answers.NextAsync());
        Assert.Null(await answers.NextAsync());
        Assert.Equal("junk", answers.Said);
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_and_a_host_without_an_end_is_left()
    {
        long sent = 0;
        var answers = new RemoteAnswers(
            buffer =>
            {
                buffer.Span.Fill((byte)'y');
                sent += buffer.Length;
                return ValueTask.FromResult(buffer.Length);
            },
            Mark);

        Assert.Null(await answers.NextAsync());
        Assert.True(answers.IsEndless);
        Assert.True(answers.Said.Length <= 2048);
        Assert.InRange(sent, 1024 * 1024, 2 * 1024 * 1024);
    }

    [Fact]
    public void No_bytes_break_it() => Noise.BytesAround("0a1b ", "\n", "host ", "seen ", "shown ", "place ", "yes ", "package ", "/usr/bin/fairlead ", "x86_64 ", "- ")
        .Sample(bytes =>
        {
            var answers = new RemoteAnswers(Reader(bytes), Mark);
            var facts = new RemoteFacts();
            while (answers.NextAsync().AsTask().GetAwaiter().GetResult() is { } answer)
            {
                facts = facts.With(answer.Word, answer.Text);
            }

            _ = DeployDecision.Of("h", facts, DeployDecisionTests.Install, new ProgramFiles("/nowhere", "/nothing", "1.0.0"));
        });

    [Fact]
    public void What_a_host_says_of_itself_is_understood()
    {
        RemoteFacts facts = new RemoteFacts()
            .With("host", "Linux aarch64 6.1.0")
            .With("shown", "launcher /home/al smith/.local/bin/fairlead")
            .With("seen", "aarch64 abc 0.2.0 (1a2b)")
            .With("kept", "program")
            .With("package", "/usr/bin/fairlead 0.1.0")
            .With("place", "noexec 1234")
            .With("song", "la la la");

        Assert.Equal(("Linux", "aarch64", true), (facts.System, facts.Machine, facts.HasHome));
        Assert.Equal(("launcher", "/home/al smith/.local/bin/fairlead"), (facts.Shown, facts.Target));
        Assert.Equal(("aarch64", "abc", "0.2.0 (1a2b)", "program"), (facts.Seen, facts.Digest, facts.Number, facts.Kept));
        Assert.Equal(("/usr/bin/fairlead", "0.1.0"), facts.Package);
        Assert.Equal((HostFault.NoExec, 1234), (facts.Obstacle, facts.Free));
    }

    private static RemoteAnswers Of(string text) => new(Reader(Encoding.UTF8.GetBytes(text)), Mark);

    /// <summary>A few bytes at a time, as a network may bring them.</summary>
    private static Func<Memory<byte>, ValueTask<int>> Reader(byte[] bytes)
    {
        var stream = new MemoryStream(bytes);
        return buffer => ValueTask.FromResult(stream.Read(buffer.Span[..7]));
    }
}
