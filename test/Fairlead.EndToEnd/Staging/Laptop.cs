namespace Fairlead.EndToEnd.Staging;

/// <summary>A laptop of the person: its own agent with its own key, which nobody on the gateway can read, and terminal windows.</summary>
internal sealed class Laptop : IAsyncDisposable
{
    private readonly Stage stage;
    private readonly string folder;
    private readonly Stack<IAsyncDisposable> open = new();
    private int windows;

    private Laptop(Stage stage, string name, string folder, SshAgent agent, SshKey key)
    {
        this.stage = stage;
        Name = name;
        this.folder = folder;
        Agent = agent;
        Key = key;
        open.Push(agent);
    }

    public string Name { get; }

    public SshAgent Agent { get; }

    public SshKey Key { get; }

    /// <summary>What ssh needs to reach the gateway from here.</summary>
    public string SshConfig => Path.Combine(folder, "ssh_config");

    public string KnownHosts => Path.Combine(folder, "known_hosts");

    private string Prompt => $"{Name}$ ";

    /// <param name="address">Where it connects from, on loopback.</param>
    public static async Task<Laptop> Create(Stage stage, string name, string address = "127.0.0.1")
    {
        Laptop laptop = await Furnish(stage, name);
        string settings = stage.Gateway.Endpoint.ClientSettings(stage.Person.Name, laptop.KnownHosts);
        await laptop.WriteSettings("command ssh", $"BindAddress {address}\n{settings}");
        return laptop;
    }

    public static async Task<Laptop> Create(Stage stage, string name, Cable cable, string gatewayAddress)
    {
        Laptop laptop = await Furnish(stage, name);
        SshEndpoint gateway = stage.Gateway.Endpoint with { Address = gatewayAddress };
        await laptop.WriteSettings($"command {cable.Prefix} ssh", gateway.ClientSettings(stage.Person.Name, laptop.KnownHosts));
        return laptop;
    }

    /// <summary>Opens a window and logs in on the gateway in it.</summary>
    public async Task<Login> LogIn(SocketLayout layout = SocketLayout.TemporaryFolder)
    {
        string? forwarded = layout == SocketLayout.HomeFolder ? await stage.NewSocketInHome() : null;
        return forwarded is null ? await Connect("ssh -A gateway", forwarded) : await LogInForwardingTo(forwarded);
    }

    /// <summary>A terminal over a connection that is open already: that of the ControlMaster at this socket.</summary>
    public Task<Login> LogInThrough(string master) => Connect($"ssh -A -S {master} gateway", forwarded: null);

    /// <summary>Opens a window and logs in on the gateway through another SSH server of it.</summary>
    /// <param name="options">Of ssh, beside the server's name.</param>
    public async Task<Login> LogInAt(SshEndpoint server, string options = "-A")
    {
        await File.AppendAllTextAsync(KnownHosts, server.KnownHostsLine);
        await File.AppendAllTextAsync(SshConfig, server.ClientSettings(stage.Person.Name, KnownHosts));
        return await Connect($"ssh {options} {server.Name}", forwarded: null);
    }

    /// <summary>Opens a window and logs in without sshd: a process of root's listens for the agent, as with Tailscale.</summary>
    public Task<Login> LogInBelowRoot()
    {
        Account person = stage.Person;
        string script = $"{PythonScript.Program} {PythonScript.PathOf("root-listener")}";
        return Connect($"{script} {Agent.Socket} {person.Name} {person.UserId} {person.GroupId} {person.Home}", forwarded: null);
    }

    /// <summary>Logs in with a socket that leads to the laptop's agent at a path that the person has chosen.</summary>
    public Task<Login> LogInForwardingTo(string path) =>
        Connect($"ssh -a -R {path}:{Agent.Socket} -o SetEnv=SSH_AUTH_SOCK={path} gateway", path);

    /// <summary>Forwards this agent, not the laptop's own.</summary>
    public Task<Login> LogInOffering(string agent) => Connect($"SSH_AUTH_SOCK={agent}; ssh -A gateway", forwarded: null);

    public Task<Login> LogInWithoutForwarding() => Connect("ssh -a gateway", forwarded: null);

    /// <summary>The same as <see cref="LogIn"/>, with a screen for X programs on the gateway, and a ticket of Kerberos as sshd would leave it there.</summary>
    /// <param name="options">-X, which lets programs do less on the screen (on Debian only without ForwardX11Trusted), or -Y.</param>
    public Task<Login> LogInWith(XServer screen, string ticket, string options = "-Y") =>
        Connect($"ssh -A {options} -o SetEnv=KRB5CCNAME={ticket} gateway", forwarded: null, screen.Environment);

    /// <param name="format">Of printf: the laptop sends what it makes of it under this name.</param>
    public Task<Login> LogInSending(string name, string format) =>
        Connect($"export {name}=\"$(printf '{format}')\"; ssh -A -o SendEnv={name} gateway", forwarded: null);

    /// <summary>
    /// Logs in straight into a command that takes a terminal: no shell waits for a person, so none shows its prompt first.
    /// </summary>
    public Task<Login> LogInTo(string command) => Connect($"ssh -A -t gateway {command}", forwarded: null);

    /// <summary>A command with the laptop's agent at hand, as ssh, scp, git or rsync are used without a terminal.</summary>
    public Invocation Command(params string[] words) => Invocation.Of(words).WithOnly(
        $"HOME={folder}", $"SSH_AUTH_SOCK={Agent.Socket}", $"GIT_SSH_COMMAND=ssh -F {SshConfig}", $"RSYNC_RSH=ssh -F {SshConfig}");

    public Invocation Ssh(params string[] arguments) => Command(["ssh", "-F", SshConfig, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        while (open.TryPop(out IAsyncDisposable? next))
        {
            await next.DisposeAsync();
        }
    }

    private static async Task<Laptop> Furnish(Stage stage, string name)
    {
        string folder = Path.Combine(stage.Folder, name);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        SshKey key = await SshKey.Create(Path.Combine(folder, "key"), $"{name}-key");
        SshAgent agent = await SshAgent.Start(Path.Combine(folder, "agent"));
        var laptop = new Laptop(stage, name, folder, agent, key);
        await agent.Add(key);
        await stage.Gateway.Allow(key.Public);
        await stage.Web01.Allow(key.Public, $"command=\"echo web01 saw {key.Name} in turn $SSH_ORIGINAL_COMMAND\"");
        return laptop;
    }

    private async Task<Login> Connect(string typed, string? forwarded, params string[] environment)
    {
        string path = Path.Combine(folder, $"w{++windows}");
        TerminalWindow window = await TerminalWindow.Open(
            path, Prompt, [$"HOME={folder}", $"ENV={folder}/shrc", $"SSH_AUTH_SOCK={Agent.Socket}", .. environment]);
        open.Push(window);
        await window.Type(typed);
        await window.Expect(System.Text.RegularExpressions.Regex.Escape(Shell.Prompt));
        return new Login(stage, window, Prompt, forwarded);
    }

    private async Task WriteSettings(string ssh, string settings)
    {
        await File.WriteAllTextAsync(KnownHosts, stage.Gateway.Endpoint.KnownHostsLine + stage.Web01.Endpoint.KnownHostsLine);
        await File.WriteAllTextAsync(SshConfig, settings);
        await File.WriteAllTextAsync(Path.Combine(folder, "shrc"), $"PS1='{Prompt}'\nssh() {{ {ssh} -F {SshConfig} \"$@\"; }}\n");
    }
}
