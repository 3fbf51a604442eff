using Fairlead.Core.Options;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Reads values as what they must be, and remembers every mistake.</summary>
internal sealed class TomlValues(string file, Surroundings around)
{
    private const string FingerprintPrefix = "SHA256:";

    private readonly List<ConfigurationError> errors = [];

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<ConfigurationError> Errors => errors;

    public void Fail(TomlEntry entry, string message, string? hint) => Fail(entry.Line, message, hint);

    public void Fail(int line, string message, string? hint) => errors.Add(new ConfigurationError(file, line, message, hint));

    public bool? Flag(TomlEntry entry)
    {
        if (entry.Value is BooleanValueSyntax flag)
        {
            return flag.Value;
        }

        Fail(entry, $"'{entry.Name[^1]}' must be true or false", $"write {entry.Name[^1]} = true");
        return null;
    }

    /// <summary>A whole number from 1 to 1,000,000.</summary>
    public int? Count(TomlEntry entry)
    {
        if (entry.Value is IntegerValueSyntax { Value: >= 1 and <= 1_000_000 } number)
        {
            return (int)number.Value;
        }

        Fail(entry, $"'{entry.Name[^1]}' must be a whole number above zero", $"write {entry.Name[^1]} = 4096");
        return null;
    }

    public string? Text(TomlEntry entry)
    {
        if (entry.Value is StringValueSyntax { Value.Length: > 0 } text)
        {
            return text.Value;
        }

        Fail(entry, $"'{entry.Name[^1]}' must be a string", $"write {entry.Name[^1]} = \"...\"");
        return null;
    }

    /// <returns>One of the words; null for any other.</returns>
    public string? Word(TomlEntry entry, params string[] words)
    {
        string? text = Text(entry);
        if (text is null || words.Contains(text))
        {
            return text;
        }

        IEnumerable<string> quoted = words.Select(word => $"\"{word}\"");
        Fail(entry, $"unknown {entry.Name[^1]} '{text}'", words.Length == 2 ? $"write {string.Join(" or ", quoted)}" : $"write one of {string.Join(", ", quoted)}");
        return null;
    }

    /// <summary>An address as sshd names a client by it.</summary>
    public string? Address(TomlEntry entry)
    {
        string? text = Text(entry);
        string? address = text is null ? null : ClientAddress.Parse(text);
        if (text is not null && address is null)
        {
            Fail(entry, ClientAddress.Refuse(text), ClientAddress.Hint);
        }

        return address;
    }

    /// <param name="orNothing">It may be "0s".</param>
    public TimeSpan? Duration(TomlEntry entry, bool orNothing = false)
    {
        if (entry.Value is StringValueSyntax { Value: { } text }
            && (orNothing ? DurationText.TryParseOrZero(text, out TimeSpan duration) : DurationText.TryParse(text, out duration)))
        {
            return duration;
        }

        Fail(entry, $"'{entry.Name[^1]}' must be a time", $"write {entry.Name[^1]} = \"1.5s\", \"250ms\", \"2m\" or \"8h\"");
        return null;
    }

    public string? Path(TomlEntry entry) => Text(entry) is { } text ? Expand(entry, text) : null;

    /// <summary>A program's name, or its path, which may begin with ~.</summary>
    public string? Program(TomlEntry entry) => Text(entry) is { } text ? text.Contains('/', StringComparison.Ordinal) ? Expand(entry, text) : text : null;

    /// <summary>"journal" or a path; null for "none".</summary>
    public string? LogTarget(TomlEntry entry) => Text(entry) switch
    {
        null or "none" => null,
        "journal" => "journal",
        var path => Expand(entry, path),
    };

    public List<string>? Paths(TomlEntry entry) => Texts(entry)?.ConvertAll(text => Expand(entry, text) ?? "");

    public List<string>? Texts(TomlEntry entry)
    {
        if (entry.Value is not ArraySyntax array || !array.Items.All(item => item.Value is StringValueSyntax { Value.Length: > 0 }))
        {
            Fail(entry, $"'{entry.Name[^1]}' must be a list of strings", $"write {entry.Name[^1]} = [\"...\"]");
            return null;
        }

        return [.. array.Items.Select(item => ((StringValueSyntax)item.Value!).Value!)];
    }

    /// <summary>A key's fingerprint: "SHA256:...".</summary>
    public string? Fingerprint(TomlEntry entry) => Text(entry) is { } text ? Fingerprint(entry, text) : null;

    public List<string>? Fingerprints(TomlEntry entry) => Texts(entry)?.ConvertAll(text => Fingerprint(entry, text) ?? "");

    private string? Fingerprint(TomlEntry entry, string text)
    {
        if (text.StartsWith(FingerprintPrefix, StringComparison.Ordinal))
        {
            return text.TrimEnd('=');
        }

        Fail(entry, $"'{text}' is not a fingerprint", "write one that begins with SHA256:, as 'fairlead list' shows it");
        return null;
    }

    /// <summary>Names of variables that <c>fairlead env</c> may print.</summary>
    public List<string>? Variables(TomlEntry entry)
    {
        List<string>? names = Texts(entry);
        if (names?.Find(name => !IsVariable(name)) is string other)
        {
            Fail(entry, $"'{other}' is not the name of a variable", "write variables = [\"DISPLAY\", \"XAUTHORITY\"]");
        }
        else if (names?.Contains("SSH_AUTH_SOCK") == true)
        {
            Fail(entry, "SSH_AUTH_SOCK is what 'fairlead init' sets, once and for good", "leave it out");
        }

        return names;
    }

    /// <summary>What every shell takes for a name: it becomes part of a line of code.</summary>
    public static bool IsVariable(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>The daemon's working directory is /, and it outlives every shell: a relative path and a variable have no meaning for it.</summary>
    private string? Expand(TomlEntry entry, string path)
    {
        if (path.StartsWith("~/", StringComparison.Ordinal) && around.Home is not null)
        {
            return around.Home + path[1..];
        }

        if (path.StartsWith('/'))
        {
            return path;
        }

        Fail(entry, $"'{path}' is not an absolute path", "begin it with / or ~/");
        return null;
    }
}
