using System.Globalization;

namespace Fairlead.Bench.Staging;

/// <summary>What there is on a machine beside one fairlead: a few logins, and many of one thing.</summary>
internal sealed record Machine
{
    /// <summary>As many as make a choice necessary.</summary>
    public const int FewLogins = 10;

    public int Logins { get; init; } = FewLogins;

    /// <summary>Other processes, which do nothing.</summary>
    public int Processes { get; init; }

    /// <summary>Folders that dead logins left behind.</summary>
    public int StaleFolders { get; init; }

    /// <summary>Folders of another user, which only root can make.</summary>
    public int ForeignFolders { get; init; }

    /// <summary>Of one session of tmux, which up to three of the logins look at.</summary>
    public int Panes { get; init; } = 1;

    /// <summary>As a row of the table has it.</summary>
    public string Name
    {
        get
        {
            (int Count, string What)[] many =
            [
                (Processes, "other processes"), (StaleFolders, "stale folders"), (ForeignFolders, "folders of another user"), (Panes, "panes of tmux"),
            ];
            string[] names = [.. from one in many where one.Count > 1 select string.Create(CultureInfo.InvariantCulture, $"{one.Count} {one.What}")];
            return names.Length > 0 ? string.Join(", ", names) : $"{Logins} login{(Logins == 1 ? "" : "s")}";
        }
    }

    /// <summary>How many there are of what there are many of.</summary>
    public int Many => new[] { Processes, StaleFolders, ForeignFolders, Panes }.Max() is > 1 and int many ? many : Logins;

    public bool IsPossible => ForeignFolders == 0 || Environment.IsPrivilegedProcess;
}
