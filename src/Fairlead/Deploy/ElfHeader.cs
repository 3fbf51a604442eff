using System.Buffers.Binary;

namespace Fairlead.Deploy;

/// <summary>The architecture of a program, as <c>uname -m</c> calls it, from the first bytes of its file (elf(5)).</summary>
internal static class ElfHeader
{
    private const int MachineOffset = 18;

    /// <returns>Null for what is no 64-bit program of an architecture that fairlead is built for.</returns>
    public static string? ArchitectureOf(ReadOnlySpan<byte> program)
    {
        if (program.Length < MachineOffset + 2 || !program.StartsWith("\x7f"u8) || !program[1..].StartsWith("ELF\x02\x01"u8))
        {
            return null;
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(program[MachineOffset..]) switch
        {
            62 => "x86_64", // EM_X86_64
            183 => "aarch64", // EM_AARCH64
            _ => null,
        };
    }
}
