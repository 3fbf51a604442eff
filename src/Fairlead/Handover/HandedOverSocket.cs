using Fairlead.Core.Linux.Files;

namespace Fairlead.Handover;

/// <summary>A listening socket that another process made.</summary>
/// <param name="Identity">Of its file; null when systemd made it, and keeps it.</param>
internal readonly record struct HandedOverSocket(int Descriptor, FileIdentity? Identity, string Path);
