using System.Globalization;

namespace Fairlead.Bench.Staging;

/// <summary>A folder as /tmp is, in which another user has made folders that are called as sshd's are. Made and removed by root alone.</summary>
internal sealed class ForeignFolders : IDisposable
{
    private const string Script = "mkdir sprintf('%s/ssh-%010d', $ARGV[0], $_) or die for 1..$ARGV[1]";
    private const string Nobody = "65534";

    private ForeignFolders(string path) => Path = path;

    public string Path { get; }

    public static ForeignFolders Make(Stage stage, int count)
    {
        // In memory, where so many are made in a second or two; and not in the bench's own folder, into which nobody else may look.
        string path = Directory.CreateDirectory($"/dev/shm/{System.IO.Path.GetFileName(stage.Folder)}").FullName;
        var folders = stage.Keep(new ForeignFolders(path));
        File.SetUnixFileMode(path, (UnixFileMode)0b001_111_111_111);
        _ = Command.Run(
            stage.Environment, "setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups",
            "perl", "-e", Script, path, count.ToString(CultureInfo.InvariantCulture));
        return folders;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
