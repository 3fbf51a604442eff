namespace Fairlead.Setup;

/// <summary>
/// What is to be done about the manual and the completions. A program outside the home comes with its own, which those in the home, of a program that was there
/// before, would hide.
/// </summary>
internal static class SharedSteps
{
    public static SetupSection Add(SetupFacts facts) => facts.ProgramIsInHome
        ? new("Will add the manual and the completions of your shells", Steps(facts, facts.Shared))
        : new("Will remove the manual and the completions in your home, because they would hide those of this program", Steps(facts, []));

    public static SetupSection Remove(SetupFacts facts) => new("Will remove the manual and the completions from your home", Steps(facts, []));

    /// <param name="wanted">What is to be there in the end; of all else that setup has made nothing.</param>
    private static List<SetupStep> Steps(SetupFacts facts, IReadOnlyList<SharedFile> wanted)
    {
        var steps = new List<SetupStep>();
        Dictionary<string, SharedFile> files = wanted.ToDictionary(file => file.Path);
        string manual = SharedFiles.Manual(facts.Paths);
        ILookup<bool, SetupStep> single = files.Keys.Concat(facts.KnownShared).Distinct()
            .Select(path => Step(facts, path, files.GetValueOrDefault(path)))
            .OfType<SetupStep>()
            .ToLookup(step => step.Lines.Count == 0 && step.Path.StartsWith(manual + "/", StringComparison.Ordinal));
        SetupStep[] pages = [.. single[true]];
        SetupStep[] changes = [.. pages.Where(page => page.Action != SetupAction.Nothing)];
        if (pages.Length > 0)
        {
            steps.Add(changes.Length == 0
                ? new SetupStep(SetupAction.Nothing, manual, $"{manual} is unchanged: it has the pages already")
                : new SetupStep(wanted.Count > 0 ? SetupAction.Write : SetupAction.Remove, manual, $"{manual}: {Pages(changes.Length)}") { Parts = changes });
        }

        return [.. steps, .. single[false]];
    }

    private static SetupStep? Step(SetupFacts facts, string path, SharedFile? wanted)
    {
        bool isPage = path.StartsWith(SharedFiles.Manual(facts.Paths) + "/", StringComparison.Ordinal);
        RcText? found = facts.Files.GetValueOrDefault(path);
        if (found is null)
        {
            return wanted is null ? null : new SetupStep(SetupAction.Write, path, isPage ? [] : [path]) { Content = wanted.Text };
        }

        if (found.Text is not { } text)
        {
            return RcSteps.Unreadable(path, found.Error);
        }

        FileOrigin origin = found.IsLink ? FileOrigin.Other : SharedFile.OriginOf(text);
        if (origin != FileOrigin.Setup)
        {
            string whose = origin == FileOrigin.Changed ? "has been changed since setup made it" : "was not made by setup";
            return new SetupStep(SetupAction.Nothing, path, $"{path} {whose}; left unchanged");
        }

        return wanted is null ? new SetupStep(SetupAction.Remove, path, isPage ? [] : [path]) { Before = text, EmptyFolders = facts.Paths.Home }
            : text == wanted.Text ? new SetupStep(SetupAction.Nothing, path, isPage ? [] : [$"{path} is unchanged"])
            : new SetupStep(SetupAction.Write, path, isPage ? [] : [path]) { Before = text, Content = wanted.Text };
    }

    private static string Pages(int count) => count == 1 ? "1 page" : $"{count} pages";
}
