using System.CommandLine;
using System.CommandLine.Completions;
using Fairlead.Shell;

namespace Fairlead.Completion;

/// <summary>A value that a command line takes. Its kind follows from the placeholder that the help shows: one word means one thing everywhere.</summary>
/// <param name="IsRepeated">There may be any number of them.</param>
/// <param name="Words">Those of <see cref="ValueKind.Word"/>, in the tree's order.</param>
internal sealed record CompletedValue(string Placeholder, ValueKind Kind, bool IsOptional, bool IsRepeated, IReadOnlyList<string> Words)
{
    /// <summary>As the embedded files of bash and PowerShell spell what is to be offered: with a + at the end where it is to be offered again.</summary>
    public string Spelling => IsRepeated ? Offer + "+" : Offer;

    private string Offer => Kind switch
    {
        ValueKind.Word => "words:" + string.Join(',', Words),
        ValueKind.File => "file",
        ValueKind.CommandLine => "command",
        _ => LiveValue.ListOf(Kind) is { } list ? "live:" + list : "free",
    };

    public static CompletedValue Of(Argument argument)
    {
        CompletedValue value = Of(argument.HelpName ?? argument.Name.ToUpperInvariant(), argument.CompletionSources, argument.Arity);
        return argument.Arity.MaximumNumberOfValues <= 1 ? value
            : value.Placeholder == "COMMAND" ? value with { Kind = ValueKind.CommandLine }
            : value with { IsRepeated = true };
    }

    public static CompletedValue Of(Option option) => Of(option.HelpName ?? option.Name, option.CompletionSources, option.Arity);

    private static CompletedValue Of(
        string placeholder, IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, ArgumentArity arity)
    {
        string[] words = [.. sources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label)];
        words = words.Length == 0 && placeholder == "SHELL" ? [.. Shells.All.Select(shell => shell.Name)] : words;
        ValueKind kind = placeholder switch
        {
            _ when words.Length > 0 => ValueKind.Word,
            "FILE" or "PATH" => ValueKind.File,
            "AGENT" => ValueKind.Agent,
            "HOST" => ValueKind.Host,
            "PID" => ValueKind.Process,
            _ => ValueKind.Free,
        };
        return new CompletedValue(placeholder, kind, arity.MinimumNumberOfValues == 0, IsRepeated: false, words);
    }
}
