using System.Runtime.CompilerServices;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>The units, and <c>setup --systemd</c>, which puts them in their place.</summary>
public class SystemdUnitTests
{
    private static readonly string Repository = FindRepository();

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_units()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string folder = stage.Person.InHome(".config/systemd/user");
        foreach (string name in new[] { "fairlead.socket", "fairlead.service" })
        {
            await stage.Person.Write(Path.Combine(folder, name), await File.ReadAllTextAsync(Path.Combine(Repository, "packaging/systemd", name)));
        }

        Finished verified = await Verify(stage, folder);

        Assert.Equal((0, "", ""), (verified.ExitCode, verified.Output, verified.Error));
    }

    [Fact]
    public async Task Install_puts_the_units_in_their_place_on_request_and_uninstall_takes_them_away()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        string folder = stage.Person.InHome(".config/systemd/user");
        string sources = await CopySources(stage);

        Finished installed = (await Install(stage, sources, "--systemd", "--prefix", stage.Person.InHome("a prefix"))).Succeeded();
        string socket = await File.ReadAllTextAsync(Path.Combine(folder, "fairlead.socket"));
        string service = await File.ReadAllTextAsync(Path.Combine(folder, "fairlead.service"));
        Finished verified = await Verify(stage, folder);

        Assert.Contains("systemctl --user enable --now fairlead.socket", installed.Output, StringComparison.Ordinal);
        Assert.Contains($"ListenStream={stage.StableSocket.Replace("%", "%%", StringComparison.Ordinal)}\n", socket, StringComparison.Ordinal);
        Assert.Contains($"ExecStart=\"{stage.Person.InHome("a prefix/bin/fairlead")}\" daemon\n", service, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), (verified.ExitCode, verified.Output, verified.Error));

        (await Install(stage, sources, "--uninstall", "--prefix", stage.Person.InHome("a prefix"))).Succeeded();
        Assert.False(Path.Exists(folder));
        Assert.Empty(stage.DaemonProcesses());
    }

    [Fact]
    public async Task The_units_are_in_order_whatever_is_in_the_path_of_the_home()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string home = stage.Person.InHome("it's \"my\" 100% home");
        (await stage.AsPerson("mkdir", "-p", $"{home}/bin")).Succeeded();
        (await stage.AsPerson("cp", stage.Fairlead, $"{home}/bin/fairlead")).Succeeded();

        (await Invocation.Of($"{home}/bin/fairlead", "setup", "--yes", "--systemd").As(stage.Person, $"HOME={home}").Run()).Succeeded();
        Finished verified = await Verify(stage, $"{home}/.config/systemd/user");

        Assert.Equal((0, "", ""), (verified.ExitCode, verified.Output, verified.Error));
    }

    [Fact]
    public async Task Without_the_request_there_are_no_units()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        (await Install(stage, await CopySources(stage))).Succeeded();
        Assert.False(Path.Exists(stage.Person.InHome(".config/systemd")));
    }

    private static Task<Finished> Verify(Stage stage, string folder) =>
        Invocation.Of("systemd-analyze", "verify", "--user", Path.Combine(folder, "fairlead.service"), Path.Combine(folder, "fairlead.socket"))
            .As(stage.Person, $"XDG_RUNTIME_DIR={stage.Person.Home}").Run();

    /// <summary>What install.sh reads, with a compiler that has compiled already.</summary>
    private static async Task<string> CopySources(Stage stage)
    {
        string sources = stage.Person.InHome("sources");
        await stage.Person.Write("sources/bin/dotnet", "#!/bin/sh\necho 10.0.100\n", "755");
        (await Invocation.Of("cp", "-r", Path.Combine(Repository, "install.sh"), Path.Combine(Repository, "packaging"), sources).Run()).Succeeded();
        (await Invocation.Of("install", "-D", FairleadBinary.Existing, Path.Combine(sources, "artifacts/fairlead")).Run()).Succeeded();
        return sources;
    }

    private static Task<Finished> Install(Stage stage, string sources, params string[] options) =>
        Invocation.Of(["sh", "-c", "PATH=$1/bin:$PATH; export PATH; shift; exec \"$@\"", "sh", sources, $"{sources}/install.sh", "--yes", .. options])
            .As(stage.Person).Run();

    private static string FindRepository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(thisFile, "../../../.."));
}
