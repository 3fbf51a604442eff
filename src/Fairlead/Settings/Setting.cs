using Fairlead.Core.Options;

namespace Fairlead.Settings;

/// <summary>One value that a person may set. Its default is what <see cref="Configuration.Default"/> has.</summary>
/// <param name="Key">With its table in front: <c>patience.answer</c>.</param>
/// <param name="About">What it does, as <c>fairlead config example</c> says it: a sentence or two.</param>
/// <param name="Take">The configuration with the entry's value. After a mistake, which the values remember, nobody reads it.</param>
/// <param name="Show">The value as <c>fairlead config</c> prints it.</param>
internal sealed record Setting(string Key, string About, Func<TomlValues, TomlEntry, Configuration, Configuration> Take, Func<Configuration, string> Show)
{
    /// <summary>The value as it stands in a file; without this, what <see cref="Show"/> gives is a string.</summary>
    public Func<Configuration, string>? Write { get; init; }

    /// <summary>The line of a file that sets the value.</summary>
    public string LineFor(Configuration configuration) => $"{Key.Split('.')[^1]} = {(Write is null ? TomlString.Of(Show(configuration)) : Write(configuration))}";

    /// <param name="orNothing">It may be "0s".</param>
    public static Setting Time(
        string key, string about, Func<Configuration, TimeSpan> get, Func<Configuration, TimeSpan, Configuration> with, bool orNothing = false) => new(
        key,
        about,
        (values, entry, configuration) => with(configuration, values.Duration(entry, orNothing) ?? get(configuration)),
        configuration => DurationText.Of(get(configuration)));

    public static Setting Flag(string key, string about, Func<Configuration, bool> get, Func<Configuration, bool, Configuration> with) => new(
        key,
        about,
        (values, entry, configuration) => with(configuration, values.Flag(entry) ?? get(configuration)),
        configuration => get(configuration) ? "true" : "false")
    {
        Write = configuration => get(configuration) ? "true" : "false",
    };

    public static Setting List(
        string key,
        string about,
        Func<TomlValues, TomlEntry, IReadOnlyList<string>?> read,
        Func<Configuration, IReadOnlyList<string>> get,
        Func<Configuration, IReadOnlyList<string>, Configuration> with) => new(
        key,
        about,
        (values, entry, configuration) => with(configuration, read(values, entry) ?? get(configuration)),
        configuration => string.Join(", ", get(configuration)))
        {
            Write = configuration => $"[{string.Join(", ", get(configuration).Select(TomlString.Of))}]",
        };
}
