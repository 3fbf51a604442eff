using Fairlead.Core.Linux;

namespace Fairlead.Daemon;

/// <summary>A listening socket that another process made.</summary>
/// <param name="Identity">Of its file; null when systemd made it, and keeps it.</param>
internal readonly record struct HandedOverSocket(int Descriptor, FileIdentity? Identity, string Path);
