using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Commands;

/// <summary>The person's yes to a plan that was shown.</summary>
internal static class Agreement
{
    public const string Question = "Apply these changes? [y/N] ";

    /// <summary>Standard input is a terminal.</summary>
    public static bool CanAsk => TerminalSize.Columns(StandardStream.Input) is not null;

    /// <summary>Asks on the terminal that is standard input. Without one the answer is no.</summary>
    public static bool Ask(TextWriter output)
    {
        if (!CanAsk)
        {
            return false;
        }

        output.Write(Question);
        return IsYes(StandardStream.ReadLine());
    }

    public static bool IsYes(string answer) => answer.Trim().ToLowerInvariant() is "y" or "yes";
}
