using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary>The name of a shell, as <c>init</c> and <c>env</c> take it.</summary>
internal static class ShellArgument
{
    public static string Names { get; } = string.Join(", ", Shells.All);

    /// <summary>Tells of a shell that fairlead does not know, and offers those that it does.</summary>
    public static Argument<T> For<T>(Argument<T> argument)
    {
        argument.Validators.Add(Check);
        argument.CompletionSources.Add([.. Shells.All.Select(shell => shell.Name)]);
        return argument;
    }

    private static void Check(ArgumentResult result)
    {
        string? name = result.Tokens is [var token] ? token.Value : null;
        if (name is not null && Shells.Find(name) is null)
        {
            result.AddError($"unknown shell '{name}': fairlead knows {Names}");
        }
    }
}
