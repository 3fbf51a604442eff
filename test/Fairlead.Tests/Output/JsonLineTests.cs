using System.Globalization;
using System.Text.Json;
using CsCheck;
using Fairlead.Core.Control;
using Fairlead.Json;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

/// <summary>What <c>--json</c> prints can be searched with grep, and steers no terminal.</summary>
public sealed class JsonLineTests
{
    private static readonly Gen<string> Any = Gen.OneOf(
        Gen.String[0, 30], Noise.OneOf("+", "/", "&", "<", "'", "\"", "\\", "\n", "\t", "\e[31m", "\u007f", "\u0085", "\u009b", "\u2028", "\u202e", "\ufeff", "\u00fc", "\U0001f511", "\ud800", "\udc00").Array[0, 12].Select(string.Concat));

    [Fact]
    public void A_fingerprint_and_a_comment_are_found_as_they_are()
    {
        string line = Line("SHA256:a+b/c=", "gr\u00fc\u00dfe <al@laptop> & 'more' \U0001f511");

        Assert.Contains("\"fingerprint\":\"SHA256:a+b/c=\"", line, StringComparison.Ordinal);
        Assert.Contains("\"comment\":\"gr\u00fc\u00dfe <al@laptop> & 'more' \U0001f511\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\e[31m", @"\u001B[31m")]
    [InlineData("a\nb\tc", @"a\nb\tc")]
    [InlineData("\u007f\u0085\u009b31m", @"\u007F\u0085\u009B31m")]
    [InlineData("a\u2028b\u2029c", @"a\u2028b\u2029c")]
    [InlineData("\u202eab\u2066\u200b\ufeff", @"\u202Eab\u2066\u200B\uFEFF")]
    [InlineData("\U000e0041\ue000", @"\uDB40\uDC41\uE000")]
    [InlineData("\"\\", "\\\"\\\\")]
    public void What_steers_or_hides_is_escaped(string comment, string written) =>
        Assert.Contains($"\"comment\":\"{written}\"", Line("SHA256:abc", comment), StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_read_as_it_was_and_nothing_in_the_line_is_replaced() => Any.Sample(text =>
    {
        string line = Line("SHA256:abc", text);
        string whole = new([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]); // half a pair is no text
        Assert.Equal(line, PlainText.OfPage(line));
        Assert.Equal(1, line.Count(c => c == '\n'));
        Assert.Equal(whole, JsonSerializer.Deserialize(line, ControlJson.Default.ListReport)!.Agents[0].Keys[0].Comment);
    });

    [Theory]
    [InlineData("2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00.000Z")]
    [InlineData("2026-11-22T10:30:00.1234567+01:00", "2026-11-22T09:30:00.123Z")]
    [InlineData("2026-11-22T09:30:00.9999999Z", "2026-11-22T09:30:00.999Z")]
    public void A_moment_has_three_digits_of_its_second_and_is_in_UTC(string moment, string written)
    {
        string line = JsonLine.Of(new EventReport { Event = "list", Time = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture) }, ControlJson.Default.EventReport);

        Assert.Contains($"\"time\":\"{written}\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_of_an_older_daemon_is_read_to_its_last_digit()
    {
        EventReport read = JsonSerializer.Deserialize("{\"event\":\"list\",\"time\":\"2026-11-22T10:30:00.1234567+01:00\"}"u8, ControlJson.Default.EventReport)!;

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero).AddTicks(1234567), read.Time);
    }

    private static string Line(string fingerprint, string comment)
    {
        var key = new KeyReport { Type = "ssh-ed25519", Fingerprint = fingerprint, Comment = comment };
        return JsonLine.Of(new ListReport { Agents = [new AgentKeysReport { Agent = "keychain", Answered = true, Keys = [key] }] }, ControlJson.Default.ListReport);
    }
}
