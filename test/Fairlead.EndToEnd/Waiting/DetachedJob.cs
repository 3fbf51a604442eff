using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Waiting;

/// <summary>The end of a long run, in a pane of tmux that nobody looks at any more.</summary>
internal static class DetachedJob
{
    /// <summary>Starts it at a desk, leaves for home, and lets it come to its last command.</summary>
    /// <param name="command">Its output is news; <c>fairlead</c> stands for the installed one.</param>
    public static async Task<Job> Begin(Stage stage, Laptop work, string command)
    {
        string last = command.Replace("fairlead ", stage.Fairlead + " ", StringComparison.Ordinal);
        Job job = await Job.Waiting(stage, "runs", $"{last} >&3 2>&1\necho \"over: $?\" >&3");
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login desk = await work.LogIn();
        await desk.Start(tmux);
        await desk.Window.Type(Job.Start);
        await job.Tells("runs");
        await desk.Detach(tmux);
        await desk.LogOut();
        await job.GoOn();
        return job;
    }
}
