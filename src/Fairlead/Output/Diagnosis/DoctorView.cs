namespace Fairlead.Output.Diagnosis;

/// <summary>What <c>fairlead doctor</c> prints: a verdict, and each finding with what to type; or the same for a report to others.</summary>
internal static class DoctorView
{
    /// <summary>The longest word of a verdict and two blanks.</summary>
    private const int Indent = 9;

    private const string HowToReport = "fairlead doctor --report";

    public static string Render(DoctorReport report, OutputStyle style, ProjectAddress project)
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

        page.Gap().Plain($"To report a bug{(project.Issues is { } issues ? $" at {issues}" : "")}, paste what this prints: {HowToReport}");
        return page.ToString();
    }

    /// <summary>The versions and a line for each finding, to be pasted. What is private is masked by now.</summary>
    /// <param name="masked">As <see cref="ReportMask"/> gives it.</param>
    public static string RenderForPasting(DoctorReport masked)
    {
        // Nothing is broken or made bold: it is pasted, whatever the terminal is.
        var page = new Page(new OutputStyle(Colour: false, int.MaxValue));
        page.Verbatim(Describe(masked.Programs));
        foreach (Finding finding in masked.Findings)
        {
            page.Verbatim($"{Word(finding),-Indent}{finding.Check}: {finding.Message}");
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

        if (finding.Fix is { } fix)
        {
            page.Verbatim($"{new string(' ', Indent)}hint: {fix}");
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
            (0, 0) => "no problems found",
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
