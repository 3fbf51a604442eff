using System.Security.Cryptography;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// All that one test needs and nothing that another one sees: a person on a gateway with their rc file, web01 behind it, a folder.
/// Disposing it ends every process and removes every account, folder and socket.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private static int raised;

    private readonly Stack<IAsyncDisposable> open = new();
    private int turns;

    private Stage(string folder, Shell shell, Account person)
    {
        Folder = folder;
        Shell = shell;
        Person = person;
        open.Push(person);
    }

    /// <summary>Short, because a socket's path has room for 107 bytes.</summary>
    public string Folder { get; }

    public Shell Shell { get; }

    /// <summary>The person who uses the gateway.</summary>
    public Account Person { get; }

    public SshServer Gateway { get; private set; } = null!;

    public SshServer Web01 { get; private set; } = null!;

    public string Fairlead => Person.InHome(".local/bin/fairlead");

    /// <summary>The path that never changes.</summary>
    public string StableSocket => Person.InHome($".ssh/fairlead/{HostName.Value}.sock");

    public string ControlSocket => Path.ChangeExtension(StableSocket, ".ctl");

    public static async Task<Stage> Raise(
        ShellKind kind = ShellKind.Bash, Cure cure = Cure.Fairlead, string? rcFile = null, string beforeCure = "", string? home = null)
    {
        Shell shell = Shell.Of(kind);
        string folder = $"/tmp/fl-{Environment.ProcessId}-{Interlocked.Increment(ref raised)}";
        Directory.CreateDirectory(folder);
        var stage = new Stage(folder, shell, await Account.Create(shell.Program, home is null ? null : Path.Combine(folder, home)));
        try
        {
            await stage.StartServers();
            await stage.Furnish(cure, rcFile ?? shell.RcFile, beforeCure);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public int NextTurn() => Interlocked.Increment(ref turns);

    public async Task<Laptop> AddLaptop(string name) => Keep(await Laptop.Create(this, name));

    /// <summary>Another ordinary user of the same machine.</summary>
    public async Task<Account> AddAccount(ShellKind kind = ShellKind.Bash) => Keep(await Account.Create(Shell.Of(kind).Program));

    public T Keep<T>(T disposable)
        where T : IAsyncDisposable
    {
        open.Push(disposable);
        return disposable;
    }

    /// <summary>A path as sshd 10.1 would choose it for the next login's agent.</summary>
    public async Task<string> NewSocketInHome()
    {
        (await Invocation.Of("mkdir", "-p", "-m", "700", Person.InHome(".ssh/agent")).As(Person).Run()).Succeeded();
        return Person.InHome($".ssh/agent/s.{HostName.Hash}.sshd.{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10)}");
    }

    /// <summary>Runs a command as the person, outside any login.</summary>
    public Task<Finished> AsPerson(params string[] words) => Invocation.Of(words).As(Person).Run();

    /// <summary>Installs the binary where install.sh would put it.</summary>
    public async Task Install()
    {
        (await Invocation.Of("mkdir", "-p", Path.GetDirectoryName(Fairlead)!).As(Person).Run()).Succeeded();
        File.Copy(FairleadBinary.Existing, Fairlead, overwrite: true);
        await Person.Own(Fairlead, "755");
    }

    /// <summary>What may explain a failure: fairlead's own words, and both servers' logs.</summary>
    public async Task<string> Evidence()
    {
        string status = "";
        if (File.Exists(Fairlead))
        {
            Finished asked = await AsPerson(Fairlead, "status");
            status = $"fairlead status ({asked.ExitCode}):\n{asked.Output}{asked.Error}\n";
        }
        return $"{status}gateway:\n{Gateway.Log}\nweb01:\n{Web01.Log}";
    }

    public async ValueTask DisposeAsync()
    {
        while (open.TryPop(out IAsyncDisposable? next))
        {
            await next.DisposeAsync();
        }
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartServers()
    {
        Account visitor = Keep(await Account.Create("/bin/sh"));
        Gateway = Keep(await SshServer.Start(Folder, "gateway", Person));
        Web01 = Keep(await SshServer.Start(Folder, "web01", visitor));
        string knownHosts = Person.InHome(".ssh/known_hosts");
        (await Invocation.Of("mkdir", "-m", "700", Person.InHome(".ssh")).As(Person).Run()).Succeeded();
        await Person.Write(".ssh/known_hosts", Web01.KnownHostsLine, "600");
        await Person.Write(".ssh/config", Web01.ClientSettings(visitor.Name, knownHosts), "600");
    }

    private async Task Furnish(Cure cure, string rcFile, string beforeCure)
    {
        if (cure == Cure.Fairlead)
        {
            await Install();
        }
        string cureCode = beforeCure + Shell.CureCode(cure, Fairlead);
        await Person.Write(".bash_profile", "if [ -f ~/.bashrc ]; then . ~/.bashrc; fi\n");
        string own = rcFile == Shell.RcFile ? cureCode : "";
        await Person.Write(Shell.RcFile, own + Shell.PromptCode);
        if (rcFile != Shell.RcFile)
        {
            string before = File.Exists(Person.InHome(rcFile)) ? await File.ReadAllTextAsync(Person.InHome(rcFile)) : "";
            await Person.Write(rcFile, cureCode + before);
        }
        await Person.Write(".screenrc", "startup_message off\n");
        await Person.Write(".tmux.conf", "set -g status off\n");
    }
}
