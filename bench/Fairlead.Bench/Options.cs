namespace Fairlead.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        usage: ./bench.sh [--quick] [--json] [--only PART]... [--relay NAME='COMMAND with {listen} and {agent}']... [--binary PATH]
        """;

    public bool IsQuick { get; private init; }

    public bool IsJson { get; private init; }

    /// <summary>The parts to run; empty for all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>Further relays: name, and a command in which {listen} and {agent} stand for paths.</summary>
    public IReadOnlyList<(string Name, string Command)> Relays { get; private init; } = [];

    public string Binary { get; private init; } = Path.GetFullPath("artifacts/fairlead");

    /// <summary>The least that a relay can cost (Staging/floor.c), which bench.sh builds.</summary>
    public string Floor { get; } = Path.GetFullPath("artifacts/bench-floor");

    /// <summary>Makes processes that do nothing (Staging/sleepers.c); bench.sh builds it.</summary>
    public string Sleepers { get; } = Path.GetFullPath("artifacts/bench-sleepers");

    public bool Wants(string part) => Only.Count == 0 || Only.Contains(part);

    /// <summary>As many as asked for, fewer in a quick run.</summary>
    public int Of(int full, int quick) => IsQuick ? quick : full;

    /// <returns>Null when the arguments make no sense; <paramref name="problem"/> says why.</returns>
    public static Options? Parse(string[] arguments, string[] parts, out string problem)
    {
        var options = new Options();
        problem = "";
        for (int i = 0; i < arguments.Length; i++)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--quick":
                    options = options with { IsQuick = true };
                    continue;
                case "--json":
                    options = options with { IsJson = true };
                    continue;
                case "--only" when parts.Contains(value):
                    options = options with { Only = [.. options.Only, value] };
                    break;
                case "--only":
                    problem = $"--only takes one of: {string.Join(", ", parts)}";
                    return null;
                case "--relay" when value.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } command]:
                    options = options with { Relays = [.. options.Relays, (name, command)] };
                    break;
                case "--binary" when File.Exists(value):
                    options = options with { Binary = Path.GetFullPath(value) };
                    break;
                default:
                    problem = $"what is '{arguments[i]} {value}'?";
                    return null;
            }

            i++;
        }

        problem = File.Exists(options.Binary) ? "" : $"there is no {options.Binary}";
        return problem.Length == 0 ? options : null;
    }
}
