using Fairlead.Core.Linux.Files;

namespace Fairlead.Deploy;

/// <summary>The program that a host gets.</summary>
/// <param name="Number">Its version, as its file's name has it, else this program's own.</param>
internal sealed record ProgramFile(byte[] Bytes, string Number)
{
    /// <summary>SHA-256 in hexadecimal digits, as sha256sum(1) prints it.</summary>
    public string Digest { get; } = Checksum.HexOf(Bytes);
}
