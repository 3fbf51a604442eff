using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Protocol;

namespace Fairlead.Core.CommandLines;

/// <summary>
/// The public keys that a caller asks for by name. OpenSSH asks an agent only for keys that it has listed, so it would never ask for a key
/// that another agent has and the leading one has not.
/// </summary>
internal static class WantedKeys
{
    /// <summary>Longer than the public half of any key that ssh-keygen makes (16,384 bits of RSA take 2.8 KB).</summary>
    private const int MaxFileLength = 16 * 1024;

    /// <summary>Nobody names more on one command line.</summary>
    private const int MaxFiles = 8;

    /// <summary>Key blobs, in the order of the command line. May block: run on the worker.</summary>
    public static IReadOnlyList<byte[]> Read(int pid)
    {
        string[] files = [.. IdentityOptions.FilesIn(ProcessFile.ReadArguments(pid) ?? []).Take(MaxFiles)];
        if (files.Length == 0 || !SymbolicLink.TryRead($"/proc/{pid}/cwd", out string folder))
        {
            return [];
        }

        return [.. files.Select(file => ReadPublicKey(Path.Combine(folder, ExpandHome(file)))).OfType<byte[]>()];
    }

    /// <summary>ssh looks for the public half beside the file in the option; git names the public half itself.</summary>
    private static byte[]? ReadPublicKey(string file) =>
        ReadKeyFile(file.EndsWith(".pub", StringComparison.Ordinal) ? file : file + ".pub") ?? ReadKeyFile(file);

    private static byte[]? ReadKeyFile(string path) =>
        FileContent.TryRead(path, out byte[] bytes, MaxFileLength) < 0 ? null : PublicKeyLine.BlobIn(Encoding.UTF8.GetString(bytes));

    /// <summary>ssh expands this in its options, as the shell does elsewhere.</summary>
    private static string ExpandHome(string file) =>
        file.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(Environment.GetEnvironmentVariable("HOME"), file[2..]) : file;
}
