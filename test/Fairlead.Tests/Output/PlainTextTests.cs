using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Output.Diagnosis;
using Fairlead.Output.Overview;
using Fairlead.Settings;

namespace Fairlead.Tests.Output;

/// <summary>What others wrote, a key's comment above all, is shown and steers nothing.</summary>
public sealed class PlainTextTests
{
    /// <summary>Turns the direction round, hides, ends a line or begins a control sequence, in each way that there is.</summary>
    private static readonly string[] Nasty =
    [
        "\0", "\a", "\b", "\t", "\n", "\r", "\e[35m", "\e]0;title\a", "\u007f", "\u0085", "\u009b31m", "\u00ad", "\u061c", "\u200b", "\u200d", "\u200e", "\u2028",
        "\u2029", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufff9", "\ue000", "\uffff", "\u0378", "\ud800", "\udc00", "\U000e0041", "\U000f0000", "\U0010ffff",
    ];

    private static readonly Gen<string> Outside = Gen.Frequency(
        (3, Noise.OneOf(Nasty)), (1, Gen.String[0, 3]), (2, Noise.OneOf("al@laptop", " ", "  ssh-ed25519 ", "\u05d0", "e\u0301", "\u6f22", "\U0001f511"))).Array[0, 60].Select(string.Concat);

    [Theory]
    [InlineData("al@laptop", "al@laptop")]
    [InlineData("gr\u00fc\u00dfe \u05d0\u05d1 \u0627\u0644 e\u0301 \u0939\u093f \u6f22\u5b57 \U0001f511", "gr\u00fc\u00dfe \u05d0\u05d1 \u0627\u0644 e\u0301 \u0939\u093f \u6f22\u5b57 \U0001f511")]
    [InlineData("a\u202eb\u2066c\u200bd\ufeffe", "a\ufffdb\ufffdc\ufffdd\ufffde")]
    [InlineData("a\nb\u2028c\u2029d\te\e[1mf\u009bg", "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd[1mf\ufffdg")]
    [InlineData("\U000e0041\U000f0000\ue000\u0378", "\ufffd\ufffd\ufffd\ufffd")]
    public void Letters_of_all_languages_stay_and_what_steers_or_hides_does_not(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    [Fact]
    public void Half_a_pair_is_replaced()
    {
        Assert.Equal("a\ufffdb\ufffd", PlainText.Of("a\ud800b\udc00"));
        Assert.Equal("a\ufffdb\ufffd", PlainText.OfPage("a\ud800b\udc00"));
    }

    [Theory]
    [InlineData("\e[1mbold\e[0m\n", "\e[1mbold\e[0m\n")]
    [InlineData("\e[38;5;12mx\e[K\e[2;3Hy\r\e", "\e[38;5;12mx\ufffd[K\ufffd[2;3Hy\ufffd\ufffd")]
    [InlineData("a\u202eb\u2028c\u200d", "a\ufffdb\ufffdc\ufffd")]
    public void A_page_keeps_its_lines_and_looks_only(string page, string plain) => Assert.Equal(plain, PlainText.OfPage(page));

    [Fact]
    public void No_text_from_outside_steers_a_terminal_in_any_view() =>
        Outside.Sample(outside => Assert.All(SampleReports.Replies, reply => RequirePlain(SampleReports.Render(Put(outside, reply)))));

    [Fact]
    public void Nor_in_what_other_commands_say() => Outside.Sample(outside =>
    {
        RequirePlain(new Failure(ExitCode.Failed, outside, outside).ToString());
        var finding = Finding.Warning(outside, outside, outside, outside);
        var programs = new ProgramVersions { Fairlead = outside, Daemon = outside, Kernel = outside, OpenSsh = outside, Tmux = outside, Git = outside };
        RequirePlain(DoctorView.Render(DoctorReport.Of([finding, Finding.Ok(outside, outside)], programs), new OutputStyle(Colour: true, 80), default));
        var configuration = new ConfigurationReport(1, outside, true, [new ConfigurationValue(outside, outside, outside, null)]);
        RequirePlain(ConfigurationView.Render(configuration, new OutputStyle(Colour: true, 80)));
        RequirePlain(Failure.Of(new InvalidOperationException(outside)).ToString());
    });

    /// <summary>However long a comment is and whatever it says: nothing that it is continued with begins where an agent or a key begins.</summary>
    [Fact]
    public void A_comment_cannot_pass_for_a_row_of_the_list()
    {
        Gen<string> comment = Gen.Frequency((3, Noise.OneOf("laptop 203.0.113.7", "ssh-ed25519", "SHA256:abc")), (5, Noise.OneOf(" ", "\n", "x"))).Array[0, 200].Select(string.Concat);
        Gen.Select(comment, Gen.Int[30, 120]).Sample((said, width) =>
        {
            var key = new KeyReport { Type = "ssh-ed25519", Fingerprint = "SHA256:abc", Comment = said };
            var report = new ListReport { Agents = [new AgentKeysReport { Agent = "keychain", Answered = true, Keys = [key, key with { Fingerprint = "SHA256:def" }] }] };
            string[] lines = ListView.Render(report, new OutputStyle(Colour: false, width)).TrimEnd('\n').Split('\n');
            Assert.Equal("keychain", lines[0]);
            Assert.Equal(2, lines.Count(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' '));
            Assert.All(lines.Skip(1), line => Assert.True(line.Length == 0 || line.StartsWith("  ssh-ed25519", StringComparison.Ordinal) || line.StartsWith("      ", StringComparison.Ordinal), line));
        });
    }

    /// <summary>Rows of a table as well: a name in the first column goes on further right.</summary>
    [Fact]
    public void A_name_cannot_pass_for_a_row_of_a_table() => Gen.Select(Noise.OneOf("evil", "keychain", " ").Array[1, 60].Select(string.Concat), Gen.Int[30, 100]).Sample((name, width) =>
    {
        var page = new Page(new OutputStyle(Colour: false, width));
        string[] lines = page.Table(["agent", "state"], [["x" + name, "live"], ["last", "dead"]]).ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Count(line => line.Length > 0 && line[0] != ' '));
    });

    [Fact]
    public void Json_escapes_what_it_keeps() => Outside.Sample(outside =>
        Assert.All(SampleReports.Replies, reply => Assert.All(JsonSerializer.Serialize(Put(outside, reply), ControlJson.Default.ControlReply), c => Assert.InRange(c, ' ', '~'))));

    /// <summary>Every text of it, but for the times and the word that says what kind of event it is.</summary>
    private static ControlReply Put(string outside, ControlReply reply)
    {
        JsonNode node = JsonSerializer.SerializeToNode(reply, ControlJson.Default.ControlReply)!;
        foreach (JsonValue text in Texts(node).ToArray())
        {
            string before = text.GetValue<string>();
            if (before != EventReport.RequestKind && !DateTimeOffset.TryParse(before, CultureInfo.InvariantCulture, out _))
            {
                text.ReplaceWith(JsonValue.Create(outside));
            }
        }

        return node.Deserialize(ControlJson.Default.ControlReply)!;
    }

    private static IEnumerable<JsonValue> Texts(JsonNode? node) => node switch
    {
        JsonObject parent => parent.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value],
        _ => [],
    };

    private static void RequirePlain(string shown)
    {
        Assert.Equal(shown, PlainText.OfPage(shown));
        Assert.All(
            shown.Replace("\e[0m", "", StringComparison.Ordinal).Replace("\e[1m", "", StringComparison.Ordinal).Replace("\e[2m", "", StringComparison.Ordinal).Replace("\e[31m", "", StringComparison.Ordinal).Replace("\e[33m", "", StringComparison.Ordinal).EnumerateRunes(),
            rune => Assert.True(rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned), $"U+{rune.Value:X}"));
    }
}
