using System.CommandLine;
using System.CommandLine.Invocation;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>Understands a command line and runs what it asks for.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments)
    {
        using var output = new StandardWriter(StandardStream.Output);
        using var error = new StandardWriter(StandardStream.Error);
        return Run(arguments, output, error);
    }

    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        // An argument that begins with @ is an argument, not a file to read.
        ParseResult parsed = CommandTree.Build().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return UsageError.Explain(parsed).WriteTo(error);
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (IOException fault)
        {
            return new Failure(ExitCode.Failed, $"the answer cannot be written: {fault.Message}").WriteTo(error);
        }
    }
}
