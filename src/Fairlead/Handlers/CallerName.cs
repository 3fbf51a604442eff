using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Handlers;

/// <summary>What a person calls the process that a question is about.</summary>
/// <param name="Subject">As sentences have it: "this shell", "ssh".</param>
internal sealed record CallerName(int Pid, string? Command, string Subject)
{
    /// <param name="isAsker">The caller is the fairlead command itself: the person means the shell that they typed it in.</param>
    public static CallerName Of(Caller caller, bool isAsker)
    {
        int pid = isAsker && caller.Ancestors.Count > 1 ? caller.Ancestors[1] : caller.Pid;
        string? command = ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Command : null;
        return new CallerName(pid, command, isAsker ? "this shell" : command ?? $"process {pid}");
    }
}
