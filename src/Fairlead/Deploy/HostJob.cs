namespace Fairlead.Deploy;

/// <summary>A host on its way through a run.</summary>
/// <param name="name">As ssh takes it.</param>
/// <param name="position">Among all, as they were named.</param>
internal sealed class HostJob(string name, int position)
{
    public string Name => name;

    public int Position => position;

    public SshSettings? Settings { get; set; }

    public HostSession? Session { get; set; }

    public bool IsConnected { get; set; }

    public int Attempts { get; set; }
}
