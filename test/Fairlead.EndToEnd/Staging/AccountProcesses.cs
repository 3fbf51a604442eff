using System.Globalization;

namespace Fairlead.EndToEnd.Staging;

/// <summary>The processes of one user id, by process id: found, and ended for good.</summary>
internal static class AccountProcesses
{
    public static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where name.All(char.IsAsciiDigit)
        select int.Parse(name, CultureInfo.InvariantCulture);

    public static IEnumerable<int> Of(uint userId) => All().Where(id => BelongsTo(id, userId));

    /// <summary>Ends them all. What forks meanwhile is met in the next round; there is no round without an end.</summary>
    public static async Task End(uint userId)
    {
        while (Of(userId).ToList() is { Count: > 0 } found)
        {
            foreach (int id in found)
            {
                using ProcessHandle? process = ProcessHandle.Open(id);
                if (process is not null && BelongsTo(id, userId))
                {
                    process.Kill();
                    await process.Ended();
                }
            }
        }
    }

    private static bool BelongsTo(int id, uint userId)
    {
        try
        {
            string[] lines = File.ReadAllLines($"/proc/{id}/status");
            bool isZombie = lines.Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
            string owner = lines.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return !isZombie && owner.Split('\t')[1] == userId.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
