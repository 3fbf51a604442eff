using System.CommandLine;
using System.CommandLine.Invocation;

namespace Fairlead.Commands;

/// <summary>Understands a command line and runs what it asks for.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        // An argument that begins with @ is an argument, not a file to read.
        ParseResult parsed = CommandTree.Build().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return UsageError.Explain(parsed).WriteTo(error);
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }
}
