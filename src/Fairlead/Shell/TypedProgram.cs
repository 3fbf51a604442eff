using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Settings;

namespace Fairlead.Shell;

/// <summary>The program as rc files and units are to name it: by a path that is still there after an update, and on each machine that shares the home.</summary>
internal static class TypedProgram
{
    private const string Name = "fairlead";

    /// <summary>The program that runs.</summary>
    public static string Own => Of(OwnProgram.Path, Surroundings.Variable("PATH"));

    /// <summary>As a person types it in this shell: by its name where the PATH finds it, else by its path.</summary>
    public static string Typed => TypedIn(Own, Surroundings.Variable("PATH"), Surroundings.Variable("HOME"));

    /// <param name="own">The path of the program that runs.</param>
    /// <param name="path">The value of PATH; null when it is unset.</param>
    /// <param name="home">Null when it is not known.</param>
    public static string TypedIn(string own, string? path, string? home) =>
        SearchPath.Find(Name, path ?? SearchPath.Usual) is not null ? Name : TypedPath.Of(own, home ?? "/");

    /// <summary>
    /// In a home that machines of several architectures share, each has a file of its own, and <c>fairlead</c> beside them begins the right one
    /// (packaging/deploy/remote.sh): that is named. A .NET tool and Nix keep each version in a folder of its own, which goes with an update, and have a
    /// link in the PATH lead to it: then the link is named. npm has a script there, which is another file, and slow.
    /// </summary>
    /// <param name="own">The path of the program that runs.</param>
    /// <param name="path">The value of PATH; null when it is unset.</param>
    public static string Of(string own, string? path)
    {
        string begins = Path.Join(Path.GetDirectoryName(own), Name);
        if (Path.GetFileName(own) == $"{Name}-linux-{OwnProgram.Architecture}" && File.Exists(begins))
        {
            return begins;
        }

        string[] found = [.. SearchPath.FindAll(Name, path ?? "").Where(file => FileStatus.AreOneFile(file, own))];
        return found.Length == 0 || found.Contains(own) ? own : found[0];
    }
}
