using System.Globalization;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>What the model must know of a client's conversation.</summary>
internal sealed class ClientConversation(int number)
{
    private const string ChangeMark = "change";

    private int asked;

    public string Name { get; } = $"c{number}";

    /// <summary>It comes from another host.</summary>
    public bool IsForwarded { get; set; }

    /// <summary>The sessions that it was bound to, in order.</summary>
    public List<string> Binds { get; } = [];

    /// <summary>What tells the next request for a signature from every other.</summary>
    public string NextData() => $"{Name}.{++asked}.{Binds.Count}";

    /// <summary>What tells the next change from every other.</summary>
    public string NextChange() => $"{NextData()}.{ChangeMark}";

    public string NextSession() => $"{Name}.session{++asked}";

    /// <summary>The sessions that it was bound to when this was asked: an agent that was asleep hears of it when there may be more.</summary>
    /// <param name="what">The word of such a request.</param>
    public IEnumerable<string> BindsBefore(string what) => Binds.Take(int.Parse(what.Split('.')[2], CultureInfo.InvariantCulture));

    public static bool IsChange(string what) => what.EndsWith(ChangeMark, StringComparison.Ordinal);
}
