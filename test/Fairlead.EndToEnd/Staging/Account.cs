namespace Fairlead.EndToEnd.Staging;

/// <summary>An ordinary user of this machine, made for one test and removed after it with all that it still runs.</summary>
internal sealed class Account : IAsyncDisposable
{
    /// <summary>useradd gives up when somebody else holds the lock of the password file; this lock makes it wait.</summary>
    private const string AccountsLock = "/run/lock/fairlead-endtoend.lock";

    /// <summary>
    /// Gives each account a number that none had before. useradd itself takes the number of one that was just removed, for whom the kernel may
    /// still count processes that have ended.
    /// </summary>
    private const string AddUser =
        """
        last=/run/lock/fairlead-endtoend.uid
        id=$(cat "$last" 2>/dev/null || echo 20000)
        while id=$(((id - 20000) % 39000 + 20001)); getent passwd "$id" >/dev/null; do :; done
        echo "$id" >"$last"
        exec useradd -u "$id" "$@"
        """;

    private static int made;

    private Account(string name, uint userId, uint groupId, string home, string shell)
    {
        Name = name;
        UserId = userId;
        GroupId = groupId;
        Home = home;
        Shell = shell;
    }

    public string Name { get; }

    public uint UserId { get; }

    public uint GroupId { get; }

    public string Home { get; }

    public string Shell { get; }

    public IEnumerable<string> Environment =>
        [$"HOME={Home}", $"USER={Name}", $"LOGNAME={Name}", $"SHELL={Shell}", $"PATH={Invocation.SearchPath}", "LANG=C.UTF-8"];

    public static async Task<Account> Create(string shell, string? home = null)
    {
        string name = $"fl{System.Environment.ProcessId}x{Interlocked.Increment(ref made)}";
        home ??= $"/home/{name}";
        // A locked password would make sshd refuse keys as well; `*` is no password, but no lock either.
        (await Invocation.Of("flock", AccountsLock, "sh", "-c", AddUser, "sh", "-m", "-d", home, "-s", shell, "-p", "*", name).Run()).Succeeded();
        return await Find(name);
    }

    public static async Task<Account> Find(string name)
    {
        Finished entry = (await Invocation.Of("getent", "passwd", name).Run()).Succeeded();
        string[] fields = entry.Output.Trim().Split(':');
        return new(name, uint.Parse(fields[2]), uint.Parse(fields[3]), fields[5], fields[6]);
    }

    public string InHome(string path) => Path.Combine(Home, path);

    /// <summary>Writes a file as the person would have: theirs, with the folders above it.</summary>
    public async Task Write(string path, string text, string mode = "644")
    {
        string full = InHome(path);
        await Invocation.Of("mkdir", "-p", Path.GetDirectoryName(full)!).As(this).Run();
        await File.WriteAllTextAsync(full, text);
        await Own(full, mode);
    }

    public async Task Own(string path, string mode)
    {
        (await Invocation.Of("chown", "--no-dereference", $"{UserId}:{GroupId}", path).Run()).Succeeded();
        (await Invocation.Of("chmod", mode, path).Run()).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        await AccountProcesses.End(UserId);
        string id = UserId.ToString();
        await Invocation.Of("find", "/tmp", "/run/screen", "-maxdepth", "1", "-uid", id, "-exec", "rm", "-rf", "{}", "+").Run();
        await Invocation.Of("flock", AccountsLock, "userdel", "--force", Name).Run();
        await Invocation.Of("rm", "-rf", Home).Run();
    }
}
