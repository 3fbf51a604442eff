namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A person's own systemd, in a mount namespace where the machine looks as if systemd had started it: /run/systemd is there, and the control groups are
/// those of cgroups(7) version 2. Whoever is to talk to it goes into that namespace.
/// </summary>
internal sealed class UserManager : IAsyncDisposable
{
    /// <summary>With the name of a control group and a user id, and then the command that is to be systemd.</summary>
    private const string Boot = """
        mount -t tmpfs none /run/systemd && mkdir /run/systemd/system &&
        mount -t cgroup2 none /sys/fs/cgroup && cd /sys/fs/cgroup && mkdir "$1" && echo $$ >"$1/cgroup.procs" && chown -R "$2" "$1" &&
        shift 2 && exec "$@"
        """;

    private const string Leave = "mount -t cgroup2 none /sys/fs/cgroup && find \"/sys/fs/cgroup/$1\" -depth -type d -exec rmdir {} +";

    private readonly Account person;
    private readonly string runtime;
    private readonly LongRunning manager;

    private UserManager(Account person, string runtime, LongRunning manager)
    {
        this.person = person;
        this.runtime = runtime;
        this.manager = manager;
    }

    private string Way => $"XDG_RUNTIME_DIR={runtime}";

    /// <param name="notices">Where it says that it is ready.</param>
    public static async Task<UserManager> Start(Account person, NotifySocket notices)
    {
        string runtime = person.InHome(".runtime");
        await Invocation.Of("mkdir", "-m", "700", runtime).As(person).Run();
        Invocation systemd = Invocation.Of("/lib/systemd/systemd", "--user").As(person, $"XDG_RUNTIME_DIR={runtime}", $"NOTIFY_SOCKET={notices.Path}");
        string[] boot = ["unshare", "--mount", "sh", "-c", Boot, "sh", person.Name, $"{person.UserId}", .. systemd.Words];
        var manager = new UserManager(person, runtime, LongRunning.Start(Invocation.Of(boot)));
        await notices.Hears("READY=1");
        return manager;
    }

    /// <summary>As the person, where systemd can be reached.</summary>
    public Task<Finished> Run(params string[] words) => Inside(Invocation.Of(words).As(person, Way)).Run();

    public async Task<string> Property(string unit, string name) =>
        (await Run("systemctl", "--user", "show", "--property", name, "--value", unit)).Succeeded().Output.Trim();

    /// <summary>Asks it to end with all its services.</summary>
    public async ValueTask DisposeAsync()
    {
        await Inside(Invocation.Of("pkill", "--uid", $"{person.UserId}", "--exact", "systemd")).Run();
        await manager.Ended();
        await manager.DisposeAsync();
        await Invocation.Of("unshare", "--mount", "sh", "-c", Leave, "sh", person.Name).Run();
    }

    private Invocation Inside(Invocation command) => new(["nsenter", "--mount", "--target", $"{manager.ProcessId}", .. command.Words]);
}
