using System.Net;
using System.Text.RegularExpressions;

namespace Fairlead.Output.Diagnosis;

/// <summary>
/// Puts a mark in the place of each address, of each key's fingerprint and of each name that is nobody's business: "&lt;address 1&gt;", "&lt;user&gt;". The same one always gets the
/// same mark, so that a reader can follow it.
/// </summary>
/// <param name="names">What is private, and what stands for it: several names may share a mark. Empty names and loopback addresses are not masked.</param>
internal sealed partial class ReportMask(IEnumerable<(string Name, string Mark)> names)
{
    private readonly (Regex Pattern, string Mark)[] patterns =
    [
        .. names.Where(name => name.Name.Length > 0)
            .DistinctBy(name => name.Name, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(name => name.Name.Length) // "web01.example" before "web01"
            .Select(name => (new Regex($@"(?<![\w<]){Regex.Escape(name.Name)}(?!\w)", RegexOptions.IgnoreCase), name.Mark)),
    ];

    private readonly Dictionary<IPAddress, string> addresses = [];
    private readonly Dictionary<string, string> fingerprints = [];

    public DoctorReport Of(DoctorReport report) => report with { Findings = [.. report.Findings.Select(Of)] };

    public string Of(string text) =>
        patterns.Aggregate(Address().Replace(Fingerprint().Replace(text, MarkFingerprint), Mark), (masked, name) => name.Pattern.Replace(masked, name.Mark));

    private Finding Of(Finding finding) => finding with
    {
        Message = Of(finding.Message),
        Meaning = finding.Meaning is { } meaning ? Of(meaning) : null,
        Fix = finding.Fix is { } fix ? Of(fix) : null,
    };

    private string Mark(Match match)
    {
        // A colon after an address belongs to the sentence, as in "203.0.113.7: no route".
        string written = match.Value.EndsWith(':') && !match.Value.EndsWith("::", StringComparison.Ordinal) ? match.Value[..^1] : match.Value;
        bool isAddress = (written.Contains('.') || written.AsSpan().Count(':') > 1) && written.Any(char.IsAsciiHexDigit);
        if (!isAddress || !IPAddress.TryParse(written, out IPAddress? address) || IPAddress.IsLoopback(address))
        {
            return match.Value;
        }

        return Numbered(addresses, address, "address") + match.Value[written.Length..];
    }

    private string MarkFingerprint(Match match) => Numbered(fingerprints, match.Value, "fingerprint");

    private static string Numbered<T>(Dictionary<T, string> marks, T masked, string kind)
        where T : notnull
    {
        if (!marks.TryGetValue(masked, out string? mark))
        {
            mark = $"<{kind} {marks.Count + 1}>";
            marks[masked] = mark;
        }

        return mark;
    }

    /// <summary>As ssh-add -l writes it: the hash in base 64.</summary>
    [GeneratedRegex("SHA256:[A-Za-z0-9+/]+=*")]
    private static partial Regex Fingerprint();

    /// <summary>What may be one: of IPv4 four numbers, of IPv6 anything with two colons and perhaps a zone.</summary>
    [GeneratedRegex(@"(?<![\w.:])(\d{1,3}(\.\d{1,3}){3}(?![\w.]*\w)|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%\w+)?)")]
    private static partial Regex Address();
}
