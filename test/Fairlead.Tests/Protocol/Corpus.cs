using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

/// <summary>
/// The frames that corpus/capture.sh recorded, by version of OpenSSH: "OpenSSH_9.2p1/req-login-1". A file that is added there is tested
/// without a word here.
/// </summary>
public static class Corpus
{
    private static string Folder { get; } = Path.Combine(Root(), "test", "Fairlead.Tests", "Protocol", "corpus");

    public static TheoryData<string> Names { get; } = [.. Files("*.bin").Select(NameOf)];

    public static TheoryData<string> RequestNames { get; } = [.. Files("req-*.bin").Select(NameOf)];

    public static byte[][] Messages { get; } = [.. Files("*.bin").Select(file => File.ReadAllBytes(file)[AgentFrame.HeaderLength..])];

    public static string[] Versions { get; } = [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder))];

    public static byte[] Frame(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".bin"));

    public static byte[] Message(string name) => Frame(name)[AgentFrame.HeaderLength..];

    private static IEnumerable<string> Files(string pattern)
        => Directory.GetFiles(Folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string NameOf(string file) => Path.ChangeExtension(Path.GetRelativePath(Folder, file), null);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fairlead.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no Fairlead.slnx above the tests");
    }
}
