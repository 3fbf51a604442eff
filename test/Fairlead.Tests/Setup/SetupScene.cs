using Fairlead.Core.Linux.Files;
using Fairlead.Setup;
using Fairlead.Shell;

namespace Fairlead.Tests.Setup;

/// <summary>Facts of a person whose home is /home/al, without any file.</summary>
internal static class SetupScene
{
    public const string Home = "/home/al";

    public static SetupFacts Facts { get; } = new()
    {
        Paths = new RcPaths(Home, $"{Home}/.config", Home, null),
        LoginShell = "bash",
        Program = $"{Home}/.local/bin/fairlead",
        Files = new Dictionary<string, RcText>(),
        Socket = $"{Home}/.ssh/fairlead/gw.sock",
        Control = $"{Home}/.local/state/fairlead/gw/ctl",
    };

    /// <param name="files">Below the home, and what is in them.</param>
    public static SetupFacts With(params (string Path, string Text)[] files) => Facts with
    {
        Files = files
            .Select((file, number) => (file.Path, Text: new RcText(file.Text, Identity: new FileIdentity(1, (ulong)number))))
            .ToDictionary(file => $"{Home}/{file.Path}", file => file.Text),
    };
}
