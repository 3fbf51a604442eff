using System.Text;

namespace Fairlead.Settings;

/// <summary>Writes a basic string (TOML 1.0, "String").</summary>
internal static class TomlString
{
    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                _ when char.IsControl(c) => $@"\u{(int)c:X4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
