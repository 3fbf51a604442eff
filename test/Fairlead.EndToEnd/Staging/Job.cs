using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A script of the person's, <c>~/job</c>: it waits between its steps until it is told to go on, and tells how it is going while nobody looks at its pane.
/// </summary>
internal sealed class Job : IAsyncDisposable
{
    /// <summary>What starts it in place of a pane's shell.</summary>
    public const string Start = "exec sh ~/job";

    /// <summary>In the script: waits until <see cref="GoOn"/>.</summary>
    private const string Wait = "read -r go <~/go";

    private readonly Stage stage;
    private readonly News news;

    private Job(Stage stage)
    {
        this.stage = stage;
        news = new News(Path.Combine(stage.Folder, "news"));
    }

    /// <summary>Asks web01 in each turn. Without standard input: ssh would read what is typed at the terminal that the job was started from.</summary>
    public static Task<Job> OfTurns(Stage stage, int turns = 3) =>
        Write(stage, $"for turn in $(seq {turns}); do ssh -n web01 $turn >&3 || echo turn $turn failed >&3; {Wait}; done");

    /// <summary>Says something, and does the rest when it is told to go on; both to where news is told.</summary>
    public static Task<Job> Waiting(Stage stage, string said, string rest) => Write(stage, $"echo {said} >&3\n{Wait}\n{rest}");

    public Task<Match> Tells(string pattern, int from = 0) => news.Tells(pattern, from);

    public async Task GoOn() => (await stage.AsPerson("sh", "-c", "echo >~/go")).Succeeded();

    public ValueTask DisposeAsync() => news.DisposeAsync();

    private static async Task<Job> Write(Stage stage, string script)
    {
        var job = new Job(stage);
        await stage.Person.Write("job", $"exec 3>{job.news.Path}\nmkfifo ~/go\n{script}\n");
        return job;
    }
}
