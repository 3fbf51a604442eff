namespace Fairlead.Bench.Staging;

/// <summary>A fairlead in its usual place, on a machine with many of something.</summary>
/// <param name="Machine">As it is: its limits may allow fewer processes than wanted.</param>
/// <param name="Newcomers">Where further logins have their agents.</param>
internal sealed record CrowdedHome(Stage Stage, LoginFarm Farm, Machine Machine, string Newcomers)
{
    public static CrowdedHome Start(Stage stage, Machine wanted)
    {
        Machine machine = wanted.Processes > 0 ? wanted with { Processes = Sleepers.Start(stage, wanted.Processes) } : wanted;
        string newcomers = stage.NewFolder(Path.GetFileName(stage.NewPath("newcomers")));
        string foreign = machine.ForeignFolders > 0 ? $":{ForeignFolders.Make(stage, machine.ForeignFolders).Path}" : "";
        var farm = LoginFarm.Start(
            stage,
            machine.Logins,
            machine.StaleFolders,
            machine.Panes,
            discovery => Daemon.StartAtHome(stage, $"{discovery}:{newcomers}{foreign}"));
        return new CrowdedHome(stage, farm, machine, newcomers);
    }

    /// <summary>Runs fairlead in the first login: below the bench itself it would be in no login.</summary>
    /// <returns>How long it took, in milliseconds.</returns>
    public double Time(params string[] words) => Farm.Callers[LoginFarm.OwnLogin].Time([Stage.Options.Binary, .. words]);

    /// <summary>The daemon's processor time for a login that comes, runs the rc line's command, and goes.</summary>
    /// <param name="settling">Until the daemon has done what an event left to do.</param>
    public TimeSpan CostOfLogin(TimeSpan settling)
    {
        TimeSpan before = ProcessClock.Read(Farm.Daemon.Pid);
        using (Scope login = Stage.Open())
        {
            string ready = Stage.NewPath("init");
            Logins.Start(Stage, Newcomers, 1, [$"sh -c '{Stage.Options.Binary} init bash >{ready}; mv {ready} {ready}.done; exec sleep 100000000'"]);
            Await.Until(() => File.Exists($"{ready}.done"), "the init of a new login", Stage.Stop);
            if (new FileInfo($"{ready}.done").Length == 0)
            {
                throw new InvalidOperationException("init printed nothing to a new login");
            }

            Stage.Pause(settling);
        }

        foreach (string folder in Directory.GetDirectories(Newcomers))
        {
            Directory.Delete(folder, recursive: true); // as sshd does
        }

        Stage.Pause(settling);
        return ProcessClock.Read(Farm.Daemon.Pid) - before;
    }
}
