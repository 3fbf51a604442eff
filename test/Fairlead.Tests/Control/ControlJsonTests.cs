using System.Text.Json;
using CsCheck;
using Fairlead.Core.Control;

namespace Fairlead.Tests.Control;

public sealed class ControlJsonTests
{
    [Fact]
    public void A_request_is_one_short_line_without_what_is_absent() =>
        Assert.Equal(
            """{"version":1,"verb":"status"}""",
            JsonSerializer.Serialize(new ControlRequest { Verb = ControlVerb.Status }, ControlJson.Default.ControlRequest));

    [Theory]
    [InlineData("status", nameof(ControlVerb.Status))]
    [InlineData("list", nameof(ControlVerb.List))]
    [InlineData("why", nameof(ControlVerb.Why))]
    [InlineData("env", nameof(ControlVerb.Environment))]
    [InlineData("pin", nameof(ControlVerb.Pin))]
    [InlineData("unpin", nameof(ControlVerb.Unpin))]
    [InlineData("wait", nameof(ControlVerb.Wait))]
    [InlineData("events", nameof(ControlVerb.Events))]
    [InlineData("question", nameof(ControlVerb.Question))]
    [InlineData("verdict", nameof(ControlVerb.Verdict))]
    [InlineData("forget", nameof(ControlVerb.Forget))]
    [InlineData("register", nameof(ControlVerb.Register))]
    [InlineData("stop", nameof(ControlVerb.Stop))]
    public void Every_verb_is_read_by_its_name(string name, string verb) =>
        Assert.Equal(verb, Read($$"""{"version":1,"verb":"{{name}}"}""").Verb.ToString());

    [Fact]
    public void A_key_of_a_later_version_is_passed_over() => Assert.Equal(ControlVerb.List, Read("""{"verb":"list","later":true}""").Verb);

    [Fact]
    public void A_reply_survives_the_way_to_the_command()
    {
        var reply = new ControlReply { List = new ListReport { Agents = [new AgentKeysReport { Agent = "a \"b\"", Answered = true, Keys = [] }] } };
        string line = JsonSerializer.Serialize(reply, ControlJson.Default.ControlReply);
        ControlReply? read = JsonSerializer.Deserialize(line, ControlJson.Default.ControlReply);

        Assert.DoesNotContain('\n', line);
        Assert.Equal("a \"b\"", Assert.Single(read!.List!.Agents).Agent);
        Assert.Equal(1, read.List.Version);
    }

    [Theory]
    [InlineData("/tmp/ssh-XXXXzLUSs7/agent.4242")]
    [InlineData("/home/o'neill \"al\"/back\\slash")]
    [InlineData("/tmp/line\nfeed\tand\u0001")]
    [InlineData("/tmp/grüße")]
    public void The_line_written_by_hand_says_what_the_serializer_would(string socket)
    {
        string line = System.Text.Encoding.UTF8.GetString(RegisterLine.Write(4242, socket));
        ControlRequest read = Read(line);

        Assert.Equal('\n', Assert.Single(line, c => c == '\n'));
        Assert.Equal(new ControlRequest { Verb = ControlVerb.Register, Pid = 4242, Socket = socket }, read);
    }

    [Fact]
    public void The_line_written_by_hand_is_read_whatever_the_socket_is_called() =>
        Gen.Select(Gen.Int, Gen.OneOf(Gen.String[0, 30].Where(text => !text.Any(char.IsSurrogate)), Noise.Around("\\", "\"", "/", "\u0000", "\u007f", "\u2028", "{")
            .Where(text => !text.Any(char.IsSurrogate)))).Sample((pid, socket) =>
        {
            string line = System.Text.Encoding.UTF8.GetString(RegisterLine.Write(pid, socket));
            Assert.Equal(line.Length - 1, line.IndexOf('\n'));
            Assert.Equal(new ControlRequest { Verb = ControlVerb.Register, Pid = pid, Socket = socket }, Read(line));
        });

    [Fact]
    public void Any_request_is_read_as_it_was_written() =>
        Gen.Select(Gen.Enum<ControlVerb>(), Gen.Int, Gen.Long, Gen.String[Gen.Char["a\n\"\\\u00e9"], 0, 9], Gen.Int[0, 127]).Sample((verb, pid, time, text, given) =>
        {
            var request = new ControlRequest
            {
                Verb = verb,
                Pid = (given & 1) == 0 ? null : pid,
                Milliseconds = (given & 2) == 0 ? null : time,
                Agent = (given & 4) == 0 ? null : text,
                Socket = (given & 8) == 0 ? null : text,
                Question = (given & 16) == 0 ? null : pid,
                Allow = (given & 32) == 0 ? null : (given & 64) == 0,
            };
            string line = JsonSerializer.Serialize(request, ControlJson.Default.ControlRequest);
            Assert.DoesNotContain('\n', line);
            Assert.Equal(request, Read(line));
        });

    /// <summary>The one exception that both sides of the control socket expect.</summary>
    [Fact]
    public void Any_line_is_read_or_is_no_JSON() =>
        Noise.BytesAround("{", "}", "[", "]", ",", ":", "\"version\":1", "\"verb\":\"why\"", "\"verb\":99", "\"pid\":", "\"socket\":\"", "\\ud800", "1e999", "null", "\"list\":")
            .Sample(line =>
            {
                Survives(() => JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest));
                Survives(() => JsonSerializer.Deserialize(line, ControlJson.Default.ControlReply));
            });

    [Theory]
    [InlineData("{\"verb\":\"why\",\"pid\":99999999999}")]
    [InlineData("{\"verb\":\"pin\",\"agent\":\"\\ud800\"}")]
    [InlineData("{\"pid\":1}")]
    [InlineData("{\"verb\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("")]
    public void What_is_no_request_is_refused(string line) => Assert.Throws<JsonException>(() => Read(line));

    private static ControlRequest Read(string line) => JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest)!;

    private static void Survives(Action read)
    {
        try
        {
            read();
        }
        catch (JsonException)
        {
            // Answered with "which does not know this request", or reported by the command.
        }
    }
}
