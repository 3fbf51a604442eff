using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>A person with a script that plays a coding agent, a home that is a repository whose commits they sign, and rules by which they are asked.</summary>
internal sealed class AskingStage : IAsyncDisposable
{
    public const string UnderClaude = "[[rule]]\nwhen = { under = \"claude\" }\nask = \"30m\"\n";

    public const string AtWeb01 = "[[rule]]\nwhen = { host = \"web01\" }\nask = \"30m\"\n";

    /// <summary>What the person types.</summary>
    public const string Fairlead = "~/.local/bin/fairlead";

    public const string Commit = "git commit -q -S --allow-empty -m signed";

    public static readonly Multiplexer Tmux = Multiplexer.Of(MultiplexerKind.Tmux);

    private AskingStage(Stage stage, Laptop home)
    {
        Stage = stage;
        Home = home;
    }

    public Stage Stage { get; }

    public Laptop Home { get; }

    public static async Task<AskingStage> Raise(string rules)
    {
        Stage stage = await Stage.Raise();
        try
        {
            Laptop home = await stage.AddLaptop("home");
            await stage.Person.Write("claude", "#!/bin/sh\n\"$@\"\n", "755");
            await stage.Person.Write("home.pub", home.Key.Public + "\n");
            await stage.Person.Write(".gitconfig", "[user]\n name = Person\n email = person@example.org\n signingkey = ~/home.pub\n[gpg]\n format = ssh\n");
            (await stage.AsPerson("git", "init", "-q")).Succeeded();
            await stage.Configure("[log]\nto = \"~/signed.log\"\n" + rules);
            return new AskingStage(stage, home);
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>A login that shows a session of tmux.</summary>
    public async Task<Login> LogInToTmux()
    {
        Login login = await Home.LogIn();
        await login.Start(Tmux);
        return login;
    }

    /// <summary>A script that waits, and wants a signature below the coding agent when it is told to go on.</summary>
    public Task<Job> WaitingClaude(string command = "ssh -n web01 7") => Job.Waiting(Stage, "ready", $"./claude {command} >&3; echo ended:$? >&3");

    /// <summary>The question that appears after what was typed last.</summary>
    public static async Task<SeenQuestion> Sees(Login person, int? from = null)
    {
        Match choice = await person.Window.ExpectAfter(from ?? person.Window.Mark, @"Type (\d\d) to allow [^,]+, Esc to refuse");
        string screen = await person.Window.Screen();
        string? popup = InPopup(screen);
        return new SeenQuestion(Regex.Replace(popup ?? screen, @"\s+", " ").Trim(), choice.Groups[1].Value, popup is not null);
    }

    public static Task Allow(Login person, SeenQuestion question) => person.Window.Press(question.Digits);

    public static Task Refuse(Login person) => person.Window.Press("Escape");

    /// <summary>The signatures in the log. No request waits for its record: asks until there are so many.</summary>
    public async Task<JsonElement[]> Signatures(int count)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            JsonElement[] records = [.. (await Written()).Where(record => Text(record, "request") == "sign" && Text(record, "outcome") != "asked")];
            if (records.Length >= count)
            {
                return records;
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>All that the log has now.</summary>
    public async Task<JsonElement[]> Written() =>
        [.. (await Stage.AsPerson(Stage.Fairlead, "log", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>What the daemon says of the questions that wait, when they are so many.</summary>
    public Task<JsonElement> Questions(int count) => Status(status => status.GetProperty("questions").GetArrayLength() == count);

    public async Task<JsonElement> Status(Func<JsonElement, bool> isSo)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            Finished asked = await Stage.AsPerson(Stage.Fairlead, "status", "--json");
            if (asked.Output.StartsWith('{') && JsonElement.Parse(asked.Output) is var status && isSo(status))
            {
                return status;
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>"outcome verdict" of a record; "-" for one without a verdict.</summary>
    public static string Outcome(JsonElement record) =>
        $"{Text(record, "outcome")} {(record.TryGetProperty("verdict", out JsonElement verdict) ? Text(verdict, "verdict") : "-")}";

    public static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();

    public ValueTask DisposeAsync() => Stage.DisposeAsync();

    /// <summary>What is inside the frame of a popup; null if there is none. A terminal that draws lines shows some of these letters as such.</summary>
    private static string? InPopup(string screen)
    {
        string[] lines = screen.Split('\n');
        Match? top = lines.Select(line => Regex.Match(line, "[l┌][q─]{30,}[k┐]")).FirstOrDefault(match => match.Success);
        return top is null
            ? null
            : string.Join('\n', lines.Where(line => line.Length >= top.Index + top.Length && line[top.Index] is 'x' or '│').Select(line => line[(top.Index + 1)..(top.Index + top.Length - 1)]));
    }
}
