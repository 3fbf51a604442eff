using System.Globalization;

namespace Fairlead.Core.Linux.Files;

/// <summary>Device and inode: the same file, by whatever path.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>Both as text for a file: digits only.</summary>
    public static bool TryParse(string device, string inode, out FileIdentity identity)
    {
        identity = default;
        if (!ulong.TryParse(device, NumberStyles.None, CultureInfo.InvariantCulture, out ulong deviceNumber)
            || !ulong.TryParse(inode, NumberStyles.None, CultureInfo.InvariantCulture, out ulong inodeNumber))
        {
            return false;
        }

        identity = new FileIdentity(deviceNumber, inodeNumber);
        return true;
    }
}
