using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>A process that was started with the path of an agent at which nobody listens any more.</summary>
/// <param name="Command">As it names itself.</param>
/// <param name="Shell">Null for any other program.</param>
internal sealed record StalePathProcess(int Pid, string Command, ShellKind? Shell, string Path);
