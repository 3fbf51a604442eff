using Fairlead.Core.Linux.Files;
using Fairlead.Output;

namespace Fairlead.Setup;

/// <summary>What is to be done about links at old paths.</summary>
internal static class LinkSteps
{
    /// <summary>Why there can be no link at that path.</summary>
    public static Failure? Refuse(SetupFacts facts) => facts.Link switch
    {
        { } link when link.Path == facts.Socket => new Failure(
            ExitCode.Usage, $"{link.Path} is fairlead's own socket", "fairlead setup --link PATH, with the path that older panes use"),
        { Kind: not (null or FileKind.SymbolicLink) } link => new Failure(
            ExitCode.Failed, $"{link.Path} is not a symbolic link; left unchanged", $"ls -l {link.Path}"),
        _ => null,
    };

    /// <summary>There must be a socket, and --link.</summary>
    public static SetupSection Add(SetupFacts facts)
    {
        string socket = facts.Socket!;
        LinkFacts link = facts.Link!;
        SetupStep step = link.Target == socket
            ? new SetupStep(SetupAction.Nothing, link.Path, $"{link.Path} -> {socket} is unchanged")
            : new SetupStep(SetupAction.Link, link.Path, $"{link.Path} -> {socket}{(link.Target is { } old ? $" (until now it points to {old})" : "")}") { Content = socket };
        return new SetupSection("Will point the old path to fairlead, so that programs that use it reach fairlead", [step]);
    }

    /// <summary>Those that still lead to the socket. What was there before fairlead was stale, or would be by now.</summary>
    public static SetupSection Remove(SetupFacts facts)
    {
        IEnumerable<LinkFacts> links = facts.MadeLinks.Concat(facts.Link is { } named ? [named] : []).DistinctBy(link => link.Path);
        List<SetupStep> steps =
        [
            .. links.Where(link => link.Target is not null && link.Target == facts.Socket)
                .Select(link => new SetupStep(SetupAction.Remove, link.Path, link.Path)),
        ];
        steps.AddRange(facts.LinkLists.Select(list => new SetupStep(SetupAction.Remove, list)));
        return new SetupSection("Will remove the links at old paths", steps);
    }
}
