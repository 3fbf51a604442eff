using System.Security.Cryptography;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// All that one test needs and nothing that another one sees: a person on a gateway with their rc file, web01 behind it, a folder.
/// Disposing it ends every process and removes every account, folder and socket.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Where install.sh puts fairlead, below the home.</summary>
    private const string Binary = ".local/bin/fairlead";

    private static int raised;

    private readonly Stack<IAsyncDisposable> open = new();
    private Account? visitor;
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

    public string Fairlead => Person.InHome(Binary);

    /// <summary>The path that never changes.</summary>
    public string StableSocket => Person.InHome($".ssh/fairlead/{HostName.Value}.sock");

    public string ControlSocket => State("ctl");

    /// <summary>One of the daemon's own files.</summary>
    public string State(string name) => Person.InHome($".local/state/fairlead/{HostName.Value}/{name}");

    /// <summary>The next time that the daemon notes an attachment, and says so in the file that prompts read. Waits from the call on.</summary>
    public Task NotesAttachment() => FileEvent.Changes(State("moved"));

    /// <param name="surround">What the gateway's sshd, and with it every login, runs inside.</param>
    /// <param name="cable">The gateway is at its end, too. It goes when the stage does.</param>
    public static async Task<Stage> Raise(
        ShellKind kind = ShellKind.Bash,
        Cure cure = Cure.Fairlead,
        string? rcFile = null,
        string beforeCure = "",
        string? home = null,
        Func<Invocation, Invocation>? surround = null,
        Cable? cable = null)
    {
        Shell shell = Shell.Of(kind);
        string folder = $"/tmp/fl-{Environment.ProcessId}-{Interlocked.Increment(ref raised)}";
        Directory.CreateDirectory(folder);
        MakeRuntimeFolders();
        var stage = new Stage(folder, shell, await Account.Create(shell.Program, home is null ? null : Path.Combine(folder, home)));
        try
        {
            await stage.StartServers(surround ?? (command => command), cable is null ? [] : stage.Keep(cable).Addresses);
            await stage.Furnish(stage.Person, cure, rcFile ?? shell.RcFile, beforeCure);
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

    /// <param name="address">Where it connects from: another one on loopback, such as 127.0.0.2.</param>
    public async Task<Laptop> AddLaptop(string name, string address) => Keep(await Laptop.Create(this, name, address));

    /// <summary>A laptop at the other end of a cable.</summary>
    /// <param name="gateway">The gateway's address there.</param>
    public async Task<Laptop> AddLaptop(string name, Cable cable, string gateway) => Keep(await Laptop.Create(this, name, cable, gateway));

    /// <summary>Another host behind the gateway, which the person can name.</summary>
    /// <param name="settings">Lines for its sshd_config.</param>
    public async Task<SshServer> AddHost(string name, string settings = "")
    {
        SshServer server = Keep(await SshServer.Start(Folder, name, settings, visitor!));
        await Name(Person, server, visitor!);
        return server;
    }

    /// <summary>A further host where the person has an account with fairlead, too; from there they can name the gateway and web01.</summary>
    public async Task<SshServer> AddHostWithFairlead(string name)
    {
        Account there = await AddAccount();
        await Furnish(there, Cure.Fairlead, Shell.RcFile);
        SshServer server = Keep(await SshServer.Start(Folder, name, there));
        await Name(Person, server, there);
        await Name(there, Gateway, Person);
        await Name(there, Web01, visitor!);
        return server;
    }

    /// <summary>Lets the person type <c>ssh gateway</c> on the gateway.</summary>
    public Task NameGatewayOnItself() => Name(Person, Gateway, Person);

    /// <summary>Another ordinary user of the same machine.</summary>
    public async Task<Account> AddAccount(ShellKind kind = ShellKind.Bash) => Keep(await Account.Create(Shell.Of(kind).Program));

    public T Keep<T>(T disposable)
        where T : IAsyncDisposable
    {
        open.Push(disposable);
        return disposable;
    }

    /// <summary>A path as sshd 10.6 would choose it for the next login's agent.</summary>
    public async Task<string> NewSocketInHome()
    {
        (await Invocation.Of("mkdir", "-p", "-m", "700", Person.InHome(".ssh/agent")).As(Person).Run()).Succeeded();
        string random = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10);
        return Person.InHome($".ssh/agent/s.{HostName.Hash}.sshd.{Environment.ProcessId}.{random}");
    }

    /// <summary>Gives the person's fairlead a configuration, as with an editor; a daemon that runs knows it then.</summary>
    public async Task Configure(string text)
    {
        await Person.Write("new.toml", text, "600");
        (await Invocation.Of(Fairlead, "config", "edit").As(Person, $"EDITOR=cp {Person.InHome("new.toml")}").Run()).Succeeded();
    }

    /// <summary>Runs a command as the person, outside any login.</summary>
    public Task<Finished> AsPerson(params string[] words) => Invocation.Of(words).As(Person).Run();

    /// <summary>The processes of the person that run fairlead.</summary>
    public IEnumerable<int> DaemonProcesses() =>
        AccountProcesses.Of(Person.UserId).Where(id => new FileInfo($"/proc/{id}/exe").LinkTarget == Fairlead);

    /// <summary>Ends the daemon as the kernel does when memory is short: it can clean nothing up.</summary>
    public Task KillDaemon() => KillDaemon(StableSocket);

    /// <param name="socket">Where it listens.</param>
    public static async Task KillDaemon(string socket)
    {
        using ProcessHandle daemon = ProcessHandle.Open(await SocketPeer.ProcessOf(socket))
            ?? throw new InvalidOperationException("no daemon listens on the stable socket");
        daemon.Kill();
        await daemon.Ended();
    }

    /// <summary>Installs the binary where install.sh would put it.</summary>
    public Task Install() => Install(Person);

    /// <summary>Gives an account its rc file.</summary>
    public async Task Furnish(Account account, Cure cure, string rcFile, string beforeCure = "")
    {
        if (cure == Cure.Fairlead)
        {
            await Install(account);
        }
        string cureCode = beforeCure + Shell.CureCode(cure, account.InHome(Binary));
        await account.Write(".bash_profile", "if [ -f ~/.bashrc ]; then . ~/.bashrc; fi\n");
        await account.Write(Shell.RcFile, (rcFile == Shell.RcFile ? cureCode : "") + Shell.PromptCode);
        if (rcFile != Shell.RcFile)
        {
            string before = File.Exists(account.InHome(rcFile)) ? await File.ReadAllTextAsync(account.InHome(rcFile)) : "";
            await account.Write(rcFile, cureCode + before);
        }
        await account.Write(".screenrc", "startup_message off\n");
        await account.Write(".tmux.conf", "set -g status off\n");
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
        var failures = new List<Exception>();
        while (open.TryPop(out IAsyncDisposable? next))
        {
            try
            {
                await next.DisposeAsync();
            }
            catch (Exception failure)
            {
                // The rest must go all the same.
                failures.Add(failure);
            }
        }
        Directory.Delete(Folder, recursive: true);
        if (failures is not [])
        {
            throw new AggregateException("the stage was not left clean", failures);
        }
    }

    /// <summary>Writes a server into the files by which an account's ssh knows it.</summary>
    private static async Task Name(Account from, SshServer server, Account to)
    {
        string knownHosts = from.InHome(".ssh/known_hosts");
        string config = from.InHome(".ssh/config");
        if (!File.Exists(config))
        {
            await from.Write(".ssh/known_hosts", "", "600");
            await from.Write(".ssh/config", "", "600");
        }
        await File.AppendAllTextAsync(knownHosts, server.Endpoint.KnownHostsLine);
        await File.AppendAllTextAsync(config, server.Endpoint.ClientSettings(to.Name, knownHosts));
    }

    /// <summary>
    /// What sshd and screen refuse to start without; their packages make it, but not again after a restart without an init system.
    /// </summary>
    private static void MakeRuntimeFolders()
    {
        Directory.CreateDirectory("/run/sshd");
        if (!Directory.Exists("/run/screen"))
        {
            Directory.CreateDirectory("/run/screen");
            File.SetUnixFileMode("/run/screen", (UnixFileMode)0x3FF);
        }
    }

    private async Task StartServers(Func<Invocation, Invocation> surround, string[] addresses)
    {
        visitor = Keep(await Account.Create("/bin/sh"));
        (await Invocation.Of("mkdir", "-m", "700", Person.InHome(".ssh")).As(Person).Run()).Succeeded();
        await Person.Write(".ssh/known_hosts", "", "600");
        await Person.Write(".ssh/config", "", "600");
        Gateway = Keep(await SshServer.Start(Folder, "gateway", surround, addresses, Person));
        Web01 = await AddHost("web01");
    }

    private static async Task Install(Account account)
    {
        (await Invocation.Of("mkdir", "-p", account.InHome(".local/bin")).As(account).Run()).Succeeded();
        File.Copy(FairleadBinary.Existing, account.InHome(Binary), overwrite: true);
        await account.Own(account.InHome(Binary), "755");
    }
}
