using Fairlead.Core.Planning;

namespace Fairlead.Settings;

/// <summary>Reads the <c>[[laptop]]</c> tables.</summary>
internal sealed class LaptopReader(TomlValues values)
{
    public const string Table = "laptop";

    private static readonly DraftKey<Draft>[] Known =
    [
        new("laptop.name", "What you call it.", "\"home\"", (values, entry, draft) => draft with { Name = values.Text(entry) }),
        new("laptop.key", "A key that its agent lists, as 'fairlead list' shows it.", "\"SHA256:...\"", (values, entry, draft) => draft with { Key = values.Fingerprint(entry) }),
        new("laptop.address", "Where it connects from. With 'key', both must fit.", "\"203.0.113.7\"", (values, entry, draft) => draft with { Address = values.Address(entry) }),
    ];

    private readonly DraftList<Draft> drafts = new(values, Table, Known, line => new Draft(line));

    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    /// <summary>Each of them, with what it does.</summary>
    public static IEnumerable<ListedKey> Listed => Known.Select(known => known.Listed);

    public void Take(TomlEntry entry) => drafts.Take(entry);

    /// <inheritdoc cref="DraftList{TDraft}.Spoil"/>
    public void Spoil(TomlEntry entry) => drafts.Spoil(entry);

    public IReadOnlyList<NamedLaptop> Finish() => [.. drafts.Sound.Select(Finish).OfType<NamedLaptop>()];

    private NamedLaptop? Finish(Draft draft)
    {
        if (draft.Name is null)
        {
            values.Fail(draft.Line, "a laptop without 'name'", "add name = \"...\"");
            return null;
        }

        if (draft.Address is null && draft.Key is null)
        {
            values.Fail(draft.Line, "a laptop without 'address' or 'key'", "add key = \"SHA256:...\", as 'fairlead list' shows it");
            return null;
        }

        return new NamedLaptop(draft.Name, draft.Address, draft.Key, draft.Line);
    }

    private sealed record Draft(int Line)
    {
        public string? Name { get; init; }

        public string? Address { get; init; }

        public string? Key { get; init; }
    }
}
