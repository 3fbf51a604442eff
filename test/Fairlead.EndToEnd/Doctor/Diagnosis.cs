using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Doctor;

/// <summary>What <c>fairlead doctor</c> found.</summary>
internal sealed record Diagnosis(IReadOnlyList<Finding> Findings)
{
    public IEnumerable<Finding> Wrong => Findings.Where(finding => finding.Verdict != "ok");

    /// <summary>The one thing that is wrong about what a check looks at; more or less than one is a failure that shows all.</summary>
    public Finding The(string check) => Wrong.Where(finding => finding.Check == check).ToArray() is [var one]
        ? one
        : throw new InvalidOperationException($"not one finding about {check}:\n{this}");

    /// <summary>Asked without a terminal, by way of the rc file that ssh's commands read.</summary>
    public static async Task<Diagnosis> Through(Laptop laptop, Stage stage, string forwarding = "-A") =>
        Read((await laptop.Ssh(forwarding, "gateway", $"{stage.Fairlead} doctor --json").Run()).Output);

    /// <summary>Typed in a terminal.</summary>
    public static async Task<Diagnosis> In(Login login, Stage stage)
    {
        string file = Path.Combine(stage.Person.Home, "found");
        Assert.InRange((await login.Ask($"{stage.Fairlead} doctor --json >~/found")).ExitCode, 0, 1);
        return Read(await File.ReadAllTextAsync(file));
    }

    /// <summary>Asked by the person outside any login, with nothing that an rc file would have done.</summary>
    public static async Task<Diagnosis> Outside(Stage stage, params string[] environment) =>
        Read((await Invocation.Of(stage.Fairlead, "doctor", "--json").As(stage.Person, environment).Run()).Output);

    public override string ToString() => string.Join('\n', Findings);

    private static Diagnosis Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Finding[] findings =
        [
            .. document.RootElement.GetProperty("findings").EnumerateArray().Select(finding => new Finding(
                finding.GetProperty("check").GetString()!,
                finding.GetProperty("verdict").GetString()!,
                finding.GetProperty("message").GetString()!,
                finding.TryGetProperty("meaning", out JsonElement meaning) ? meaning.GetString()! : "",
                finding.TryGetProperty("fix", out JsonElement fix) ? fix.GetString()! : "")),
        ];
        return new(findings);
    }
}
