using System.CommandLine;
using System.CommandLine.Invocation;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>--help</c> anywhere on the command line, whatever else is wrong with it.</summary>
internal sealed class HelpAction : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.Write(HelpPage.For(parseResult.CommandResult.Command));
        return ExitCode.Done;
    }
}
