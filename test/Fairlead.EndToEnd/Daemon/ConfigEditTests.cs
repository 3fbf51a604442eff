using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary><c>fairlead config edit</c> with an editor that needs no terminal.</summary>
public class ConfigEditTests
{
    private const int Usage = 2;
    private const int NoDaemon = 3;
    private const string Hint = "fairlead: the file is saved, and the daemon keeps its former settings until this is fixed\nhint: ~/.local/bin/fairlead config edit\n";

    [Fact]
    public async Task An_edit_makes_the_file_names_its_mistakes_and_tells_the_daemon_when_there_are_none()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await using var daemon = LongRunning.Start(Invocation.Of(stage.Fairlead, "daemon").As(stage.Person));
        using var late = new CancellationTokenSource(Deadline.Length);
        while ((await stage.AsPerson(stage.Fairlead, "list")).ExitCode == NoDaemon)
        {
            late.Token.ThrowIfCancellationRequested();
        }

        string file = stage.Person.InHome(".config/fairlead/config.toml");

        Assert.Equal($"created {file} with the defaults\n", (await Edit(stage, "true")).Succeeded().Output);
        Assert.Equal($"{file} is unchanged\n", (await Edit(stage, "true")).Succeeded().Output);

        Finished broken = await Edit(stage, "sh -c 'echo stya = true >>\"$1\"' sh");
        Assert.Equal(Usage, broken.ExitCode);
        Assert.Matches($@"^fairlead: {file}:\d+: unknown key 'stya' in \[limits\]\nhint: did you mean 'stay'\?\n", broken.Error);
        Assert.EndsWith(Hint, broken.Error, StringComparison.Ordinal);
        Finished modes = await Invocation.Of("stat", "-c", "%a %U", file, Path.GetDirectoryName(file)!).Run();
        Assert.Equal($"600 {stage.Person.Name}\n700 {stage.Person.Name}\n", modes.Output);

        Finished mended = (await Edit(stage, "sed -i s/stya/stay/")).Succeeded();
        Assert.Equal($"{file} has no mistakes; the daemon reads it now\n", mended.Output);
        Assert.NotNull(await daemon.Says(new Regex("read the configuration again")));
        Assert.Equal($"{file} is unchanged\n", (await Edit(stage, "true")).Succeeded().Output);
    }

    private static Task<Finished> Edit(Stage stage, string editor) => stage.AsPerson("env", "-u", "VISUAL", $"EDITOR={editor}", stage.Fairlead, "config", "edit");
}
