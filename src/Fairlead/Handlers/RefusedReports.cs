using Fairlead.Core.Agents;
using Fairlead.Core.Control;

namespace Fairlead.Handlers;

/// <summary>Tells what is not trusted, each socket once: what is refused as an agent may be refused as an old path, too.</summary>
internal static class RefusedReports
{
    /// <param name="agents">Their reasons count first: they can be mended.</param>
    /// <param name="withCodes">As <see cref="ControlRequest.WithCodes"/>.</param>
    public static IEnumerable<RefusedReport> Of(IEnumerable<RefusedSocket> agents, IEnumerable<RefusedSocket> oldPaths, bool withCodes = false) =>
        from socket in agents.Concat(oldPaths).DistinctBy(socket => socket.Path)
        select new RefusedReport { Socket = socket.Path, Reason = socket.Reason.Describe(), Code = withCodes ? socket.Reason.ToString() : null };
}
