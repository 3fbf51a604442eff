using System.Text.Json;
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
    [InlineData("pin", nameof(ControlVerb.Pin))]
    [InlineData("unpin", nameof(ControlVerb.Unpin))]
    [InlineData("wait", nameof(ControlVerb.Wait))]
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

    private static ControlRequest Read(string line) => JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest)!;
}
