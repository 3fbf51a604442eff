using System.Text;
using System.Text.RegularExpressions;
using CliWrap;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A process that runs until the test is done with it: a server, an agent, a daemon in the foreground.</summary>
internal sealed class LongRunning : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TerminalText said = new();
    private readonly Invocation invocation;
    private readonly CommandTask<CommandResult> running;

    private LongRunning(Invocation invocation)
    {
        this.invocation = invocation;
        PipeTarget ears = PipeTarget.ToDelegate(line => said.Append(line + "\n"), Encoding.UTF8);
        running = Cli.Wrap(invocation.Words[0])
            .WithArguments(invocation.Words.Skip(1))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(ears)
            .WithStandardErrorPipe(ears)
            .ExecuteAsync(stop.Token);
    }

    public int ProcessId => running.ProcessId;

    /// <summary>Everything that it has written so far, standard output and error as they came.</summary>
    public string Said => said.ToString();

    public static LongRunning Start(Invocation invocation) => new(invocation);

    /// <summary>Waits for words that the process writes; null when it ends without writing them.</summary>
    public async Task<Match?> Says(Regex words)
    {
        Task<Match> heard = said.Next(words, 0);
        await Task.WhenAny(heard, running).InTime(() => Task.FromResult($"`{invocation}` never said {words}\n{said}"));
        return heard.IsCompleted ? await heard : null;
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<int> Ended()
    {
        CommandResult result = await running.Task.InTime(() => Task.FromResult($"`{invocation}` does not end\n{said}"));
        return result.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // Being stopped is how it was meant to end.
        }
        stop.Dispose();
    }
}
