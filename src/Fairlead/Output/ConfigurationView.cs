using Fairlead.Settings;

namespace Fairlead.Output;

/// <summary>What <c>fairlead config</c> says.</summary>
internal static class ConfigurationView
{
    public static string Render(ConfigurationReport report, OutputStyle style)
    {
        var page = new Page(style);
        if (report.File is null)
        {
            page.Line("no configuration file", ": neither HOME nor XDG_CONFIG_HOME is set");
        }
        else
        {
            page.Line(report.File, report.FileExists ? "" : " does not exist, so every setting has its default. To create it: fairlead config edit");
        }

        page
            .Gap()
            .Table(["key", "value", "from"], report.Values.Select(value => new[]
            {
                value.Key,
                value.Value,
                value.Line is { } line ? $"line {line}" : value.Origin,
            }));
        foreach (RuleDoubt doubt in report.Doubts)
        {
            page.Gap().Plain($"line {doubt.Line}: {doubt.Message}; {doubt.Hint}");
        }

        return page.ToString();
    }
}
