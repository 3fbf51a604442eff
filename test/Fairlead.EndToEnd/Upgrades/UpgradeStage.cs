using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Upgrades;

/// <summary>A person in a login with a laptop's agent, and two programs that take turns at the place where fairlead is installed.</summary>
internal sealed class UpgradeStage : IAsyncDisposable
{
    private UpgradeStage(Stage stage, Login login)
    {
        Stage = stage;
        Login = login;
    }

    public Stage Stage { get; }

    public Login Login { get; }

    /// <param name="program">What the login finds, and starts its daemon with.</param>
    public static async Task<UpgradeStage> Raise(string program)
    {
        Stage stage = await Stage.Raise();
        await Put(stage, program);
        Laptop laptop = await stage.AddLaptop("home");
        Login login = await laptop.LogIn();
        Finished began = await stage.AsPerson(stage.Fairlead, "status");
        return began.ExitCode == 0 ? new UpgradeStage(stage, login) : throw new InvalidOperationException($"no daemon to begin with:\n{began.Output}{began.Error}");
    }

    /// <summary>Replaces the program as an upgrade does: renamed into place.</summary>
    public Task Put(string program) => Put(Stage, program);

    /// <summary>What a verb says in the login: its exit code, and the output with the error in it.</summary>
    public Task<(int ExitCode, string Output)> Run(string verb) => Login.Ask($"{Stage.Fairlead} {verb} 2>&1");

    /// <summary>Runs what the last line of an answer says: "hint: ...", with the words in brackets behind it left out.</summary>
    public Task<(int ExitCode, string Output)> Follow(string answer)
    {
        string hint = Regex.Match(answer.ReplaceLineEndings(" "), "hint: (?<line>.+?)( [(].*)?$").Groups["line"].Value;
        return Login.Ask($"PATH={Stage.Person.InHome(".local/bin")}:$PATH; {hint}");
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();

    private static async Task Put(Stage stage, string program)
    {
        string unfinished = $"{stage.Fairlead}.new";
        (await Invocation.Of("install", "-D", program, unfinished).Run()).Succeeded();
        await stage.Person.Own(unfinished, "755");
        File.Move(unfinished, stage.Fairlead, overwrite: true);
    }
}
