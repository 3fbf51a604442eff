using Fairlead.Commands;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Output;
using Fairlead.Shell;

StandardStream.FillClosed();
try
{
    // What runs at every login and what runs for weeks come first: neither may pay for the command line library.
    return args switch
    {
        ["init", var name] when Shells.Find(name) is { } shell => InitAction.Run(shell),
        ["init", var name, ShellKind.RefreshOption] when Shells.Find(name) is { HasPromptHook: true } shell => InitAction.Run(shell, refreshes: true),
        ["daemon", ..] when DaemonArguments.TryParse(args.AsSpan(1)) is { } arguments => DaemonAction.Run(arguments),
        _ => CommandLine.Run(args),
    };
}
catch (Exception fault)
{
    var failure = Failure.Of(fault);
    _ = StandardStream.Write(StandardStream.Error, failure.ToString());
    return failure.ExitCode;
}
