using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

/// <summary>What setup does to the files of a person.</summary>
public sealed class SetupWorkTests : IDisposable
{
    private readonly TempFolder home = new();
    private readonly List<string> asked = [];
    private bool systemdAnswers = true;
    private int stopped;

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_file_that_is_a_link_stays_one_and_keeps_its_mode()
    {
        home.Make("dotfiles");
        File.WriteAllText(home["dotfiles/bashrc"], "mine");
        File.SetUnixFileMode(home["dotfiles/bashrc"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(home[".bashrc"], "dotfiles/bashrc");

        Assert.Empty(Do(Plan()));
        Assert.EndsWith("mine", File.ReadAllText(home["dotfiles/bashrc"]), StringComparison.Ordinal);
        Assert.Contains("init bash", File.ReadAllText(home["dotfiles/bashrc"]), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home["dotfiles/bashrc"]));
        Assert.Empty(Do(SetupPlanner.PlanUndo(Read())));
        Assert.Equal("dotfiles/bashrc", new FileInfo(home[".bashrc"]).LinkTarget);
        Assert.Equal("mine", File.ReadAllText(home["dotfiles/bashrc"]));
    }

    [Fact]
    public void A_link_that_leads_nowhere_yet_leads_to_the_new_file()
    {
        File.CreateSymbolicLink(home[".bashrc"], "later");

        Assert.Empty(Do(Plan()));
        Assert.Contains("init bash", File.ReadAllText(home["later"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_left_as_they_are()
    {
        byte[] before = [0xff, 0xfe, 0, (byte)'\r', (byte)'\n', 0x80];
        File.WriteAllBytes(home[".bashrc"], before);

        Assert.Empty(Do(Plan()));
        Assert.EndsWith(Convert.ToHexString(before), Convert.ToHexString(File.ReadAllBytes(home[".bashrc"])), StringComparison.Ordinal);
        Assert.Empty(Do(SetupPlanner.PlanUndo(Read())));
        Assert.Equal(before, File.ReadAllBytes(home[".bashrc"]));
    }

    [Fact]
    public void Fish_s_file_is_removed_when_nothing_else_is_in_it()
    {
        Directory.CreateDirectory(home[".config/fish"]);
        Assert.Empty(Do(Plan()));
        Assert.True(File.Exists(home[".config/fish/conf.d/fairlead.fish"]));
        Assert.Empty(Do(SetupPlanner.PlanUndo(Read())));
        Assert.False(File.Exists(home[".config/fish/conf.d/fairlead.fish"]));
    }

    /// <summary>The question may stand for a while.</summary>
    [Fact]
    public void A_file_that_has_changed_since_the_plan_was_made_is_left_as_it_is()
    {
        File.WriteAllText(home[".bashrc"], "mine\n");
        SetupPlan plan = Plan();
        File.WriteAllText(home[".bashrc"], "mine, and more\n");

        Assert.Equal([$"{home[".bashrc"]} has changed since the plan was made; left unchanged"], Do(plan));
        Assert.Equal("mine, and more\n", File.ReadAllText(home[".bashrc"]));
    }

    [Fact]
    public void A_step_that_fails_keeps_no_other_from_being_done()
    {
        Directory.CreateDirectory(home[".bashrc"]);
        Directory.CreateDirectory(home[".config/fish"]);

        Assert.Equal([$"{home[".bashrc"]} cannot be read: is a directory"], Do(Plan()));
        Assert.True(File.Exists(home[".config/fish/conf.d/fairlead.fish"]));
    }

    [Fact]
    public void A_link_at_an_old_path_is_made_and_found_again_to_be_removed()
    {
        File.CreateSymbolicLink(home["old"], "/tmp/ssh-gone/agent.1");

        Assert.Empty(Do(Plan(home["old"])));
        Assert.Equal(Place.Socket, new FileInfo(home["old"]).LinkTarget);
        Assert.Equal([home["old"]], new LinkList(Place.State.Links).Read());

        Assert.Empty(Do(SetupPlanner.PlanUndo(Read())));
        Assert.Null(new FileInfo(home["old"]).LinkTarget);
        Assert.False(File.Exists(Place.State.Links));
    }

    [Fact]
    public void What_has_come_to_stand_at_the_old_path_is_not_replaced()
    {
        SetupPlan plan = Plan(home["old"]);
        File.WriteAllText(home["old"], "mine");

        Assert.Single(Do(plan));
        Assert.Equal("mine", File.ReadAllText(home["old"]));
    }

    [Fact]
    public void Systemd_takes_the_socket_over_from_the_daemon()
    {
        Assert.Empty(Do(Plan(withSystemd: true)));
        Assert.Equal(["stop", "daemon-reload", "--quiet enable --now fairlead.socket"], asked);
        Assert.Contains($"ExecStart=\"{home["bin/fairlead"]}\" daemon\n", File.ReadAllText(home[".config/systemd/user/fairlead.service"]), StringComparison.Ordinal);
        Assert.Contains($"ListenStream={Place.State.Control}\n", File.ReadAllText(home[".config/systemd/user/fairlead.socket"]), StringComparison.Ordinal);

        asked.Clear();
        Assert.Empty(Do(SetupPlanner.PlanUndo(Read())));
        Assert.Equal(["--quiet disable --now fairlead.socket fairlead.service", "daemon-reload"], asked);
        Assert.False(Directory.Exists(home[".config/systemd"]));
    }

    [Fact]
    public void That_systemd_does_not_listen_is_said()
    {
        SetupPlan plan = Plan(withSystemd: true);
        systemdAnswers = false;

        Assert.Equal(["systemd did not start to listen"], Do(plan));
    }

    /// <summary>One that is stopped, say: its lock and its sockets are its own.</summary>
    [Fact]
    public void The_files_of_a_daemon_that_goes_on_are_left()
    {
        string file = Place.State.Control;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        stopped = 1;
        SetupPlan plan = SetupPlanner.PlanUndo(Read() with { Daemons = [4711], DaemonFiles = [new DaemonFiles(Path.GetDirectoryName(file)!, [file], null)] });

        Assert.Equal(["the daemon is still running, so its files were kept"], Do(plan));
        Assert.True(File.Exists(file));
        stopped = 0;
        Assert.Empty(Do(plan));
        Assert.False(File.Exists(file));
    }

    private DaemonLocation Place => DaemonLocations.Find(new Surroundings { Uid = Core.Linux.Proc.CurrentProcess.Uid, Home = home.Path, HostName = "gw" }).Choose()!;

    private SetupFacts Read(string? link = null) =>
        new SetupFactsReader(home.Path, name => name == "SHELL" ? "/bin/bash" : null, new UserSystemd(words => words is not ["--quiet", "is-active", _]))
            .Read(home["bin/fairlead"], Place, link: link, lists: [Place.State.Links]);

    private SetupPlan Plan(string? link = null, bool withSystemd = false) => SetupPlanner.Plan(Read(link), withSystemd).Plan!;

    private int Stop()
    {
        asked.Add("stop");
        return stopped;
    }

    private IEnumerable<string> Do(SetupPlan plan)
    {
        var systemd = new UserSystemd(words =>
        {
            asked.Add(string.Join(' ', words));
            return systemdAnswers;
        });
        return [.. new SetupWork(systemd, Place, () => Stop(), "fairlead setup").Do(plan).Select(failure => failure.Message)];
    }
}
