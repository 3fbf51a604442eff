namespace Fairlead.Output;

/// <summary>What <c>fairlead doctor</c> says: the verdict, each finding with its line to type, then all of it once more for pasting.</summary>
internal static class DoctorView
{
    /// <summary>The longest word of a verdict and two blanks.</summary>
    private const int Indent = 9;

    public static string Render(DoctorReport report, OutputStyle style)
    {
        var page = new Page(style);
        page.Line(Summary(report));
        foreach (Finding finding in report.Findings)
        {
            if (finding.Verdict != FindingVerdict.Ok)
            {
                page.Gap();
            }

            Add(page, finding);
        }

        page.Gap().Plain("For a report, with nothing secret in it:").Gap();
        page.Verbatim($"    {Describe(report.Programs)}");
        foreach (Finding finding in report.Findings)
        {
            page.Verbatim($"    {Word(finding),-Indent}{finding.Check}: {finding.Message}");
        }

        return page.ToString();
    }

    private static void Add(Page page, Finding finding)
    {
        page.Item(Word(finding).PadRight(Indent), $"{finding.Check}: {finding.Message}");
        if (finding.Meaning is { } meaning)
        {
            page.Item(new string(' ', Indent), meaning);
        }

        if (finding.Mend is { } mend)
        {
            page.Verbatim($"{new string(' ', Indent)}hint: {mend}");
        }
    }

    private static string Word(Finding finding) => finding.Verdict switch
    {
        FindingVerdict.Ok => "ok",
        FindingVerdict.Warning => "warning",
        _ => "problem",
    };

    private static string Summary(DoctorReport report)
    {
        int problems = report.Findings.Count(finding => finding.Verdict == FindingVerdict.Problem);
        int warnings = report.Findings.Count(finding => finding.Verdict == FindingVerdict.Warning);
        return (problems, warnings) switch
        {
            (0, 0) => "nothing is wrong",
            (0, _) => Plural.Of(warnings, "warning"),
            (_, 0) => Plural.Of(problems, "problem"),
            _ => $"{Plural.Of(problems, "problem")}, {Plural.Of(warnings, "warning")}",
        };
    }

    private static string Describe(ProgramVersions programs)
    {
        string daemon = programs.Daemon is { } version ? $"daemon {version}" : "no daemon";
        string?[] others = [programs.Kernel is { } kernel ? $"Linux {kernel}" : null, programs.OpenSsh, programs.Tmux, programs.Git];
        return string.Join(", ", [$"fairlead {programs.Fairlead} ({daemon})", .. others.OfType<string>()]);
    }
}
