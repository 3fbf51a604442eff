using Fairlead.Core.Linux.Files;
using Fairlead.Files;

namespace Fairlead.Setup;

/// <summary>What is at the path of a file that setup may change.</summary>
/// <param name="Text">Null when it cannot be read. One character a byte: see <see cref="Files.ByteText"/>.</param>
/// <param name="Error">Why it cannot be read, as minus errno; else 0.</param>
/// <param name="IsLink">A symbolic link leads to it.</param>
/// <param name="Identity">Two paths may lead to one file.</param>
internal sealed record RcText(string? Text, int Error = 0, FileIdentity Identity = default, bool IsLink = false);
