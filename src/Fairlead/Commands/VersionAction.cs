using System.CommandLine;
using System.CommandLine.Invocation;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>--version</c>.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        string commit = ProgramVersion.Commit is { } digits ? $" ({digits})" : "";
        parseResult.InvocationConfiguration.Output.Write($"fairlead {ProgramVersion.Text}{commit}\n");
        return ExitCode.Done;
    }
}
