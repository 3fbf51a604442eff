using System.CommandLine;

namespace Fairlead.Commands;

/// <summary><c>--json</c>, the option of every command that reads.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "print one line of JSON instead" };
}
