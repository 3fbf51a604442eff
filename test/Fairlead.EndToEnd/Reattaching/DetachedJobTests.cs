using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

public class DetachedJobTests
{
    [Theory]
    [InlineData(MultiplexerKind.Tmux, SocketLayout.TemporaryFolder)]
    [InlineData(MultiplexerKind.Screen, SocketLayout.HomeFolder)]
    public async Task A_job_fails_while_nobody_is_there_and_succeeds_by_itself_after_the_next_login(
        MultiplexerKind kind, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise();
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        await using var news = new News(Path.Combine(stage.Folder, "news"));
        await stage.Person.Write("job", Job(news.Path));
        var multiplexer = Multiplexer.Of(kind);

        Login desk = await work.LogIn(layout);
        await desk.Start(multiplexer);
        await desk.Window.Type("exec sh ~/job");
        await news.Tells("job waits");
        await desk.Detach(multiplexer);
        await desk.LogOut();
        await Signal(stage);
        await news.Tells("attempt 3 failed");

        await home.LogIn(layout);

        await news.Tells(@"web01 saw home-key in turn job\s+job is over");
    }

    private static string Job(string news) =>
        $"""
        exec 3>{news}
        trap 'go=yes' USR1
        echo $$ > ~/job.pid
        echo "job waits" >&3
        while [ -z "$go" ]; do sleep 0.1; done
        count=0
        until ssh web01 job >&3 2>/dev/null; do
            count=$((count + 1))
            echo "attempt $count failed" >&3
            sleep 0.2
        done
        echo "job is over" >&3
        """;

    private static async Task Signal(Stage stage)
    {
        string job = (await File.ReadAllTextAsync(stage.Person.InHome("job.pid"))).Trim();
        (await Invocation.Of("kill", "-USR1", job).Run()).Succeeded();
    }
}
