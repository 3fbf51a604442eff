using Fairlead.Core.Agents;
using Fairlead.Core.Control;

namespace Fairlead.Handlers;

/// <summary>Tells what is not trusted, each socket once: what is refused as an agent may be refused as an old path, too.</summary>
internal static class RefusedReports
{
    /// <param name="agents">Their reasons count first: they can be mended.</param>
    public static IEnumerable<RefusedReport> Of(IEnumerable<RefusedSocket> agents, IEnumerable<RefusedSocket> oldPaths) =>
        agents.Concat(oldPaths).DistinctBy(socket => socket.Path).Select(socket => new RefusedReport { Socket = socket.Path, Reason = socket.Reason.Describe() });
}
