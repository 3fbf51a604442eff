using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>The record of what was signed, for a person and for programs.</summary>
public class LogTests
{
    [Fact]
    public async Task A_login_and_a_commit_are_recorded_with_all_that_is_above_them()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await stage.Person.Write("claude", "#!/bin/sh\n\"$@\"\n", "755");
        await stage.Person.Write("home.pub", home.Key.Public + "\n");
        await stage.Person.Write(".gitconfig", "[user]\n name = Person\n email = person@example.org\n signingkey = ~/home.pub\n[gpg]\n format = ssh\n");
        await stage.Configure("[log]\nto = \"~/signed.log\"\n[[rule]]\nwhen = { under = \"claude\", sign = \"git\" }\nuse = \"none\"\n");
        Login sofa = await home.LogIn();
        await sofa.Ask("git init -q work");

        await sofa.KeySeenByWeb01();
        await sofa.Ask("git -C work commit -q -S --allow-empty -m signed");
        await sofa.Ask("./claude git -C work commit -q -S --allow-empty -m denied");

        JsonElement[] records = await Records(stage, 3);
        Assert.Equal(["answered", "answered", "denied"], records.Select(record => Text(record, "outcome")));
        Assert.Equal("web01", Text(records[0].GetProperty("host"), "name"));
        Assert.True(records[0].GetProperty("host").GetProperty("proven").GetBoolean());
        Assert.NotEqual("", Text(records[0].GetProperty("signature"), "user"));
        Assert.Equal("git", Text(records[1].GetProperty("signature"), "namespace"));
        string[] above = [.. records[2].GetProperty("caller").GetProperty("above").EnumerateArray().Select(program => program.GetString()!)];
        Assert.Equal(["git", "claude"], above[..2]);
        Assert.Equal(3, records[2].GetProperty("rule").GetInt32());
        string table = (await sofa.Ask("COLUMNS=200 ~/.local/bin/fairlead log --since 1h")).Output;
        Assert.Contains("sign (git)", table, StringComparison.Ordinal);
        Assert.Equal("600\n", (await stage.AsPerson("stat", "-c", "%a", stage.Person.InHome("signed.log"))).Output);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_and_stops_nothing()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Configure("[log]\nto = \"~/none/signed.log\"\n");
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        string status = await Told(sofa, "status", "could not be written to the log");
        Assert.Contains("none/signed.log", status, StringComparison.Ordinal);
        await Told(sofa, "doctor", "could not be written to the log");
    }

    [Fact]
    public async Task Without_a_log_one_is_told_how_to_have_one()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();

        Finished log = await stage.AsPerson(stage.Fairlead, "log");

        Assert.Equal((1, "fairlead: no requests are written down: 'to' in [log] is not set\nhint: ~/.local/bin/fairlead config edit\n"), (log.ExitCode, log.Error));
    }

    /// <summary>No request waits for its record: asks until there are so many.</summary>
    private static async Task<JsonElement[]> Records(Stage stage, int count)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            string[] lines = (await stage.AsPerson(stage.Fairlead, "log", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length >= count)
            {
                return [.. lines.Select(line => JsonElement.Parse(line))];
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<string> Told(Login login, string verb, string what)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            string output = (await login.Ask($"~/.local/bin/fairlead {verb}")).Output;
            if (output.Contains(what, StringComparison.Ordinal))
            {
                return output;
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
