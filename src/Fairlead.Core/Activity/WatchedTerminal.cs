using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Activity;

/// <summary>One terminal that <see cref="TypistWatch"/> watches.</summary>
/// <param name="device">Its name below /dev: "pts/3".</param>
/// <param name="login">The session process of the login that owns it.</param>
internal sealed class WatchedTerminal(string device, ProcessIdentity login)
{
    public string Device => device;

    public string Path => "/dev/" + device;

    public ProcessIdentity Login => login;

    /// <summary>Zero or less while it is not watched.</summary>
    public int Watch { get; set; }

    /// <summary>When somebody switched to it; null if nobody has since the watch began.</summary>
    public DateTimeOffset? Typed { get; set; }
}
