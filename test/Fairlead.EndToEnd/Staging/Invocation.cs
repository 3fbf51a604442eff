using System.Collections.Immutable;
using System.Text;
using CliWrap;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A command to run: its words, and the person and environment it runs with, as words in front of them.</summary>
internal sealed record Invocation(ImmutableArray<string> Words)
{
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    public static Invocation Of(params string[] words) => new([.. words]);

    /// <summary>Nothing of the test's own environment may leak in: the person who runs the tests has an agent, too.</summary>
    public Invocation WithOnly(params string[] environment) =>
        new(["env", "-i", $"PATH={SearchPath}", "LANG=C.UTF-8", .. environment, .. Words]);

    public Invocation As(Account account, params string[] environment)
    {
        Invocation inner = new(["env", "-i", "-C", account.Home, .. account.Environment, .. environment, .. Words]);
        string id = account.UserId.ToString();
        return new(["setpriv", $"--reuid={id}", $"--regid={account.GroupId}", "--init-groups", "setsid", .. inner.Words]);
    }

    public Task<Finished> Run(string input = "") => Run(input, Deadline.Length);

    /// <param name="limit">For what is long by its nature.</param>
    public async Task<Finished> Run(string input, TimeSpan limit)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        using var deadline = new CancellationTokenSource(limit);
        Command command = Cli.Wrap(Words[0])
            .WithArguments(Words.Skip(1))
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error));
        try
        {
            CommandResult result = await command.ExecuteAsync(deadline.Token);
            return new(ToString(), result.ExitCode, output.ToString(), error.ToString());
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"`{this}` did not end within {limit.TotalSeconds} s\n{output}\n{error}");
        }
    }

    public override string ToString() => string.Join(' ', Words);
}
