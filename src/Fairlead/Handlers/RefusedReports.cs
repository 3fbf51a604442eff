using Fairlead.Core.Agents;
using Fairlead.Core.Control;

namespace Fairlead.Handlers;

/// <summary>Lists what is not trusted, each socket once: what is refused as an agent may also be refused as an old path.</summary>
internal static class RefusedReports
{
    /// <param name="agents">Their reasons count first, because a person can fix them.</param>
    /// <param name="withCodes">As <see cref="ControlRequest.WithCodes"/>.</param>
    public static IEnumerable<RefusedReport> Of(IEnumerable<RefusedSocket> agents, IEnumerable<RefusedSocket> oldPaths, bool withCodes = false) =>
        from socket in agents.Concat(oldPaths).DistinctBy(socket => socket.Path)
        select new RefusedReport { Socket = socket.Path, Reason = socket.Reason.Describe(), Code = withCodes ? socket.Reason.ToString() : null };
}
