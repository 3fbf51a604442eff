using System.CommandLine;
using System.CommandLine.Invocation;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary>Understands a command line and runs what it asks for.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments)
    {
        using var output = new StandardWriter(StandardStream.Output);
        using var error = new StandardWriter(StandardStream.Error) { Program = TypedProgram.Typed };
        return Run(arguments, output, error);
    }

    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (Failure.OfFewDescriptors(CurrentProcess.DescriptorLimit) is { } shortage)
        {
            return shortage.WriteTo(error);
        }

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
