namespace Fairlead.Tests;

/// <summary>Groups of nodes of which each leads to all others (strongly connected components, by Tarjan's algorithm).</summary>
internal static class TypeCircles
{
    /// <param name="uses">What a node leads to; what is no node is passed over.</param>
    /// <returns>Every node once, most of them in a group of their own.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> In(IEnumerable<string> nodes, Func<string, IEnumerable<string>> uses)
    {
        string[] all = [.. nodes];
        HashSet<string> known = [.. all];
        var found = new Dictionary<string, int>();
        var lowest = new Dictionary<string, int>();
        var path = new Stack<string>();
        var circles = new List<IReadOnlyList<string>>();
        foreach (string node in all.Where(node => !found.ContainsKey(node)))
        {
            Visit(node);
        }

        return circles;

        void Visit(string node)
        {
            found[node] = lowest[node] = found.Count;
            path.Push(node);
            foreach (string next in uses(node).Where(known.Contains))
            {
                if (!found.TryGetValue(next, out int place))
                {
                    Visit(next);
                    place = lowest[next];
                }

                lowest[node] = path.Contains(next) ? Math.Min(lowest[node], place) : lowest[node];
            }

            if (lowest[node] == found[node])
            {
                var circle = new List<string>();
                do
                {
                    circle.Add(path.Peek());
                }
                while (path.Pop() != node);
                circles.Add(circle);
            }
        }
    }
}
