using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Deploy;

/// <summary>
/// Where the program for each architecture comes from. A folder that was named has a file <c>fairlead-linux-ARCHITECTURE</c> or a release,
/// <c>fairlead-VERSION-linux-ARCHITECTURE.tar.gz</c>; else the folder of this program has such a release, and for its own architecture this program is the
/// one. A plain file beside it is not taken unasked: in a home that machines share it may be of any age.
/// </summary>
/// <param name="from">An absolute path; null when none was named.</param>
/// <param name="own">This program's path.</param>
/// <param name="number">This program's version.</param>
internal sealed class ProgramFiles(string? from, string own, string number)
{
    /// <summary>Bytes. Some ten times the program, and small enough to be read whole.</summary>
    private const int MaxLength = 128 * 1024 * 1024;

    /// <summary>For a program to say its version in.</summary>
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (ProgramFile? Program, string Looked)> found = [];

    /// <param name="architecture">As <c>uname -m</c> has it.</param>
    /// <returns>The program, or null and the names of what was looked for.</returns>
    public (ProgramFile? Program, string Looked) For(string architecture)
    {
        if (!found.TryGetValue(architecture, out (ProgramFile? Program, string Looked) known))
        {
            known = found[architecture] = Find(architecture);
        }

        return known;
    }

    private (ProgramFile? Program, string Looked) Find(string architecture)
    {
        if (architecture is not ("x86_64" or "aarch64"))
        {
            return (null, "");
        }

        ProgramFile? itself = architecture == OwnProgram.Architecture ? Read(own, architecture, _ => number) : null;
        if (from is null)
        {
            string beside = Path.GetDirectoryName(own) ?? "/";
            return (itself ?? FromRelease(beside, architecture), Path.Join(beside, Release("*", architecture)));
        }

        string plain = Path.Join(from, $"fairlead-linux-{architecture}");
        return (Read(plain, architecture, VersionOf) ?? FromRelease(from, architecture) ?? itself, $"{plain}, {Path.Join(from, Release("*", architecture))}");
    }

    private static string Release(string version, string architecture) => $"fairlead-{version}-linux-{architecture}.tar.gz";

    private ProgramFile? FromRelease(string folder, string architecture)
    {
        string same = Path.Join(folder, Release(number.Split(' ')[0], architecture));
        string[] all = Directory.Exists(folder) ? Directory.GetFiles(folder, Release("*", architecture)) : [];
        string? release = all.Contains(same) ? same : all is [var only] ? only : null;
        if (release is null)
        {
            return null;
        }

        string version = Path.GetFileName(release)["fairlead-".Length..^$"-linux-{architecture}.tar.gz".Length];
        return ReleaseArchive.ProgramIn(release, MaxLength) is { } program && ElfHeader.ArchitectureOf(program) == architecture
            ? new ProgramFile(program, version)
            : null;
    }

    private static ProgramFile? Read(string path, string architecture, Func<string, string> version) =>
        FileContent.TryRead(path, out byte[] bytes, MaxLength) >= 0 && ElfHeader.ArchitectureOf(bytes) == architecture
            ? new ProgramFile(bytes, architecture == OwnProgram.Architecture ? version(path) : "")
            : null;

    /// <summary>What a program for this machine says of itself; empty where it says nothing.</summary>
    private static string VersionOf(string program)
    {
        byte[]? said = Subprocess.Run(program, [program, "--version"], VersionTimeout);
        string[] words = said is null ? [] : Encoding.UTF8.GetString(said).Split('\n')[0].Split(' ', 2);
        return words is ["fairlead", var version] ? version.Trim() : "";
    }
}
