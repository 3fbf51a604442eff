using Fairlead.Files;

namespace Fairlead.Setup;

/// <summary>A manual page or a completion, at the place where man or a shell looks by itself.</summary>
/// <param name="Path">An absolute path.</param>
/// <param name="Text">What belongs there, sealed; as <see cref="ByteText"/> has it.</param>
internal sealed record SharedFile(string Path, string Text)
{
    /// <summary>Whose it is that a file's text was found at such a place.</summary>
    public static FileOrigin OriginOf(string found) => Seal.Holds(found) switch
    {
        true => FileOrigin.Setup,
        false => FileOrigin.Changed,
        null => SharedFiles.IsOfInstallScript(found) ? FileOrigin.Setup : FileOrigin.Other,
    };
}

/// <summary>Who has made a file.</summary>
internal enum FileOrigin
{
    /// <summary>Setup, or install.sh up to 0.1; nobody has changed it, as far as that shows.</summary>
    Setup,

    /// <summary>Setup, and somebody has changed it since.</summary>
    Changed,

    /// <summary>Somebody else.</summary>
    Other,
}
