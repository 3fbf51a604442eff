using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Files;

/// <summary>Writes a person's files so that nothing of theirs is lost when a disk is full or a file may not be written.</summary>
internal static class WrittenFile
{
    /// <summary>For a path where nothing is, or a link that leads nowhere yet.</summary>
    /// <returns>Zero, or minus errno: then there is still nothing, or the link.</returns>
    public static int Make(string path, byte[] bytes)
    {
        int result = FileContent.Write(path, bytes);
        if (result < 0 && !SymbolicLink.TryRead(path, out _))
        {
            _ = FileContent.Remove(path);
        }

        return result;
    }

    /// <summary>Writes through the file, which stays the link that it is and keeps its mode and owner. Until that is done there is a copy of it.</summary>
    /// <param name="before">What it holds.</param>
    public static WriteOutcome Replace(string path, byte[] before, byte[] bytes)
    {
        string copy = Path.Join(Path.GetTempPath(), $"fairlead-{RandomName.Create()}");
        int result = FileContent.Write(copy, before, isPrivate: true);
        if (result < 0)
        {
            _ = FileContent.Remove(copy);
            return new WriteOutcome(result);
        }

        result = FileContent.Write(path, bytes);
        if (result < 0 && !Holds(path, before) && FileContent.Write(path, before) < 0)
        {
            return new WriteOutcome(result, copy);
        }

        _ = FileContent.Remove(copy);
        return new WriteOutcome(result);
    }

    private static bool Holds(string path, byte[] bytes) => FileContent.TryRead(path, out byte[] found) >= 0 && found.AsSpan().SequenceEqual(bytes);
}

/// <summary>How it went to put another text into a file.</summary>
/// <param name="Error">Zero, or minus errno.</param>
/// <param name="Copy">Where the former text is, when the file itself could not be brought back to it.</param>
internal readonly record struct WriteOutcome(int Error, string? Copy = null);
