using Fairlead.Completion;
using Fairlead.Files;
using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>The manual and the completions, which are part of the executable, and where they belong in a home.</summary>
internal static class SharedFiles
{
    /// <summary>What begins a comment in a page.</summary>
    private const string PageComment = ".\\\"";

    /// <summary>Those of the manual that have pages of ours.</summary>
    private static readonly string[] Sections = ["1", "5"];

    /// <summary>man(1) finds the pages beside ~/.local/bin by itself when that is in the PATH (manpath(5), "Search path").</summary>
    public static string Manual(RcPaths paths) => $"{paths.Home}/.local/share/man";

    /// <param name="root">The command tree, which the completions are made from.</param>
    public static IReadOnlyList<SharedFile> Of(RcPaths paths, CompletedCommand root) =>
    [
        .. EmbeddedFile.Names.Where(IsPage).Select(name => new SharedFile(PagePath(paths, name), Seal.Put(ByteText.Of(Page(name)), PageComment))),
        .. from script in CompletionScript.All
           where script.Place is not null
           select new SharedFile($"{paths.Data}/{script.Place}", Seal.Put(ByteText.Of(script.For(root)), "#")),
    ];

    /// <summary>All that setup may have made at any time: pages of commands that are gone, and completions from before XDG_DATA_HOME was set or unset.</summary>
    public static IEnumerable<string> Known(RcPaths paths) =>
    [
        .. Sections.SelectMany(section => TextFile.Matching($"{Manual(paths)}/man{section}/fairlead*.{section}")),
        .. from folder in new[] { paths.Data, paths.UsualData }.Distinct()
           from script in CompletionScript.All
           where script.Place is not null
           select $"{folder}/{script.Place}",
    ];

    /// <summary>Up to 0.1 install.sh copied them as they are. It is told by a page's title, and by what a completion says of itself.</summary>
    public static bool IsOfInstallScript(string text) =>
        text.Contains("\n.Dt FAIRLEAD", StringComparison.Ordinal) || text.Contains(" completion for fairlead, made from its command tree.\n", StringComparison.Ordinal);

    private static string Page(string name) => EmbeddedFile.Read(name) + (name == "fairlead.1" ? ProjectAddress.Own.Manual : "");

    private static bool IsPage(string name) => name.EndsWith(".1", StringComparison.Ordinal) || name.EndsWith(".5", StringComparison.Ordinal);

    private static string PagePath(RcPaths paths, string name) => $"{Manual(paths)}/man{name[^1]}/{name}";
}
