using System.Text;

namespace Fairlead.Settings;

/// <summary>
/// A file with every setting and its default, made from the tables that read one: what <c>fairlead config example</c> prints and <c>fairlead config edit</c>
/// begins with. A line that begins with "#" and no blank is a setting; without its "#" it counts.
/// </summary>
internal static class ConfigurationExample
{
    /// <param name="around">Whose defaults they are.</param>
    /// <param name="socket">Where the socket is without the file; null where there is no place for it.</param>
    public static string For(Surroundings around, string? socket)
    {
        Configuration defaults = Configuration.Default(around) with { Socket = socket ?? "/run/user/1000/fairlead.sock" };
        var text = new StringBuilder("# fairlead's configuration. Each setting is shown with its default: remove the '#' before one to change it.\n# See fairlead.toml(5).\n");
        string table = "";
        foreach (Setting setting in SettingsTable.All)
        {
            string its = setting.Key.Contains('.', StringComparison.Ordinal) ? setting.Key.Split('.')[0] : "";
            text.Append(its == table ? "" : $"\n[{its}]\n");
            table = its;
            text.Append($"\n# {setting.About}\n#{setting.LineFor(defaults)}\n");
        }

        Add(text, AgentReader.Table, "An agent on this machine. There may be any number of these tables.", AgentReader.Listed);
        Add(text, LaptopReader.Table, "Your name for a laptop. The first one that fits counts.", LaptopReader.Listed);
        Add(text, RuleReader.Table, "A rule: which agent answers, which keys are shown, and whether you are asked. The first one that fits decides; all of its conditions must hold.", RuleReader.Listed);
        Add(text, RuleReader.Table, "A rule for what is signed. It may have the conditions above as well.", RuleReader.ListedForSignatures);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string table, string about, IEnumerable<ListedKey> keys)
    {
        text.Append($"\n# {about}\n#[[{table}]]\n");
        foreach (ListedKey key in keys)
        {
            text.Append($"\n# {key.About}\n#{key.Key[(table.Length + 1)..]} = {key.Example}\n");
        }
    }
}
