using System.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Setup;

/// <summary>The list of links that setup has made to the socket, one path a line. Only a link that leads to the socket is ever removed for it.</summary>
/// <param name="path">It lies beside the socket, in a folder that is the owner's alone.</param>
internal sealed class LinkList(string path)
{
    public IReadOnlyList<string> Read() =>
        FileContent.TryRead(path, out byte[] bytes) < 0 ? [] : [.. Encoding.UTF8.GetString(bytes).Split('\n').Where(line => line.StartsWith('/'))];

    /// <returns>Zero, or minus errno.</returns>
    public int Add(string link)
    {
        IReadOnlyList<string> links = Read();
        return links.Contains(link) ? 0 : FileContent.Write(path, Encoding.UTF8.GetBytes(string.Concat(links.Append(link).Select(line => line + "\n"))));
    }
}
