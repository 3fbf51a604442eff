namespace Fairlead.EndToEnd.Staging;

/// <summary>What a command left behind.</summary>
internal sealed record Finished(string Command, int ExitCode, string Output, string Error)
{
    public Finished Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"`{Command}` ended with {ExitCode}\n{Output}\n{Error}");
}
