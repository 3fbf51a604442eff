namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// The machines that a person deploys to: for each an sshd of its own on loopback, and an account. The person has a key that all let in, a name for each in
/// ssh_config, and the program under test.
/// </summary>
internal sealed class Fleet
{
    /// <summary>What every sshd has until somebody changes it.</summary>
    private const string UsualStartups = "MaxStartups 10:30:100";

    private readonly Stage stage;
    private readonly SshKey key;

    private Fleet(Stage stage, SshKey key)
    {
        this.stage = stage;
        this.key = key;
    }

    public Account Person => stage.Person;

    public static async Task<Fleet> Raise(Stage stage)
    {
        await stage.Install();
        SshKey key = await SshKey.Create(stage.Person.InHome(".ssh/id_ed25519"), "fleet");
        await stage.Person.Own(key.Path, "600");
        return new Fleet(stage, key);
    }

    /// <summary>A machine with a fresh account.</summary>
    /// <param name="through">The host that leads to it.</param>
    public async Task<Machine> Add(string name, string shell = "/bin/bash", string? through = null)
    {
        Account account = stage.Keep(await Account.Create(shell));
        return await Add(name, account, through);
    }

    /// <summary>A machine where this account is: several may share one home.</summary>
    public Task<Machine> Add(string name, Account account, string? through = null) =>
        Add(name, account, UsualStartups, through is null ? "" : $"    ProxyJump {through}\n");

    /// <param name="settings">For its sshd_config.</param>
    /// <param name="way">More lines for its block in ssh_config; those that count come first there.</param>
    public async Task<Machine> Add(string name, Account account, string settings, string way)
    {
        SshServer server = stage.Keep(await SshServer.Start(stage.Folder, name, settings, account));
        await server.Allow(key.Public);
        string knownHosts = Person.InHome(".ssh/known_hosts");
        await File.AppendAllTextAsync(knownHosts, server.Endpoint.KnownHostsLine);
        string block = server.Endpoint.ClientSettings(account.Name, knownHosts).TrimEnd();
        await File.AppendAllTextAsync(Person.InHome(".ssh/config"), block.Replace($"Host {name}\n", $"Host {name}\n{way}", StringComparison.Ordinal) + "\n\n");
        return new Machine(name, account, server);
    }

    public Task<Finished> Deploy(params string[] words) => Deploy(Deadline.Length, words);

    /// <param name="limit">Many machines take longer than one.</param>
    public Task<Finished> Deploy(TimeSpan limit, params string[] words) => Invocation.Of([stage.Fairlead, "deploy", .. words]).As(Person).Run("", limit);

    /// <summary>
    /// A program that is not this build but says that it is fairlead, in the person's folder <c>from</c> or on a machine. Its setup writes its version to
    /// <c>.set-up</c> in the home, as the real one does all that it can before it ends with a failure.
    /// </summary>
    /// <param name="version">What it says.</param>
    /// <param name="setup">What <c>setup</c> ends with.</param>
    public async Task<string> Build(string path, string version, int setup = 0, int restart = 0)
    {
        string source = Path.Combine(stage.Folder, $"{Path.GetFileName(path)}-{version}.c");
        await File.WriteAllTextAsync(source, $$"""
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <unistd.h>
            const char *const words = "eval \"$(fairlead init bash)\"";
            int main(int count, char **all) {
              const char *verb = count > 1 ? all[1] : words, *option = count > 2 ? all[2] : "";
              if (!strcmp(verb, "--version")) puts("fairlead {{version}}");
              if (!strcmp(verb, "setup")) {
                if (chdir(getenv("HOME"))) return 1;
                if (!strcmp(option, "--check")) return access(".set-up", F_OK) != 0;
                if (!strcmp(option, "--undo")) return remove(".set-up") != 0;
                FILE *file = fopen(".set-up", "w");
                fputs("{{version}}\n", file);
                fclose(file);
                if ({{setup}}) fputs("fairlead: no place for the rc line\n", stderr);
              }
              if (!strcmp(verb, "restart") && {{restart}}) fputs("fairlead: the daemon does not answer\n", stderr);
              return !strcmp(verb, "setup") ? {{setup}} : !strcmp(verb, "restart") ? {{restart}} : 0;
            }
            """);
        (await Invocation.Of("mkdir", "-p", Path.GetDirectoryName(path)!).Run()).Succeeded();
        (await Invocation.Of("gcc", "-o", path, source).Run()).Succeeded();
        return path;
    }
}

/// <summary>A machine of the fleet.</summary>
/// <param name="Name">As the person's ssh_config has it.</param>
internal sealed record Machine(string Name, Account Account, SshServer Server)
{
    public string Program => Account.InHome(".local/bin/fairlead");

    /// <summary>What is in the program's folder, by name; nothing where there is no folder.</summary>
    public string[] Files => Directory.Exists(Account.InHome(".local/bin"))
        ? [.. Directory.GetFileSystemEntries(Account.InHome(".local/bin")).Select(path => Path.GetFileName(path)!).Order()]
        : [];

    public bool IsSetUp => File.Exists(Account.InHome(".bashrc"))
        && File.ReadAllText(Account.InHome(".bashrc")).Contains($"'{Program}' init bash", StringComparison.Ordinal);

    public Task<Finished> Run(params string[] words) => Invocation.Of(words).As(Account).Run();

    /// <summary>Puts a program where fairlead belongs.</summary>
    public async Task Place(string program)
    {
        (await Run("mkdir", "-p", Account.InHome(".local/bin"))).Succeeded();
        File.Copy(program, Program, overwrite: true);
        await Account.Own(Program, "755");
    }
}
