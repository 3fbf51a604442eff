using System.CommandLine;
using System.CommandLine.Parsing;
using Fairlead.Core.Options;

namespace Fairlead.Commands;

/// <summary>How long a command waits for an agent: <c>--timeout</c> of <c>wait</c>, <c>--wait</c> of <c>exec</c>.</summary>
internal static class TimeOption
{
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        string token = result.Tokens[0].Value;
        if (DurationText.TryParseTyped(token, out TimeSpan time) && time > TimeSpan.Zero)
        {
            return time;
        }

        result.AddError($"'{token}' is not a time such as 250ms, 90s, 5m or 8h");
        return null;
    }
}
