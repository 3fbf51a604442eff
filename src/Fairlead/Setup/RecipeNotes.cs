using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>What is said of the recipe of the link that an rc file still has.</summary>
internal static class RecipeNotes
{
    /// <param name="rcFiles">What is to be done to rc files: lines are counted as they will be then.</param>
    public static IEnumerable<string> Of(SetupFacts facts, SetupSection rcFiles)
    {
        string[] places = [.. Places(facts, rcFiles)];
        if (facts.Link is { } link)
        {
            return places.Select(place => $"Remove {place}, which makes a link to each login's agent: at the next login it would point {link.Path} elsewhere again.");
        }

        return places.Length == 0
            ? []
            : [
                .. places.Select(place => $"{place} makes a link to each login's agent, which dangles when that login ends. fairlead does not need it: remove it."),
                "If programs use that link's path, point it to fairlead: fairlead setup --link PATH",
            ];
    }

    /// <summary>"~/.bashrc:7".</summary>
    private static IEnumerable<string> Places(SetupFacts facts, SetupSection rcFiles) =>
        from file in facts.Files
        let written = rcFiles.Steps.FirstOrDefault(step => step.Path == file.Key && step.Action == SetupAction.Write)
        from line in RcScanner.Scan(written?.Content ?? file.Value.Text ?? "")
        where line.Kind == RcLineKind.SymlinkRecipe
        orderby file.Key, line.Number
        select $"{TypedPath.Of(file.Key, facts.Paths.Home)}:{line.Number}";
}
