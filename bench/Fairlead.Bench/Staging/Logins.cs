namespace Fairlead.Bench.Staging;

/// <summary>Processes that look like logins and have agents (logins.pl says how).</summary>
internal static class Logins
{
    /// <param name="commands">What the first ones run on their terminals; the others sleep.</param>
    public static void Start(Stage stage, string discovery, int count, IEnumerable<string> commands)
    {
        string ready = stage.NewPath("ready");
        string[] words =
            ["perl", Script.Path("logins.pl"), discovery, $"{count}", "bench", Convert.ToHexString(stage.ListAnswer), ready, .. commands];
        _ = stage.Keep(Child.Start(stage.Environment, words));
        Await.Until(() => File.Exists(ready), $"{count} logins", stage.Stop);
    }

    /// <summary>The socket of one of them; the first is 1.</summary>
    public static string AgentOf(string discovery, int login) => Directory.GetFiles(Path.Join(discovery, $"ssh-login{login:00000}")).Single();
}
