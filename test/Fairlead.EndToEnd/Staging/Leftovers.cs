using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

[assembly: AssemblyFixture(typeof(Leftovers))]

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// Removes what a run left that was killed before it could clean up. Everything a run makes bears its process id, so that no
/// other run that is going on is touched.
/// </summary>
public sealed partial class Leftovers : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        foreach (string folder in Directory.EnumerateDirectories("/tmp", "fl-*").Where(folder => IsOver(StageFolder().Match(folder))))
        {
            await EndProcessesAt(folder + "/");
            Directory.Delete(folder, recursive: true);
        }
        foreach (string line in await File.ReadAllLinesAsync("/etc/passwd"))
        {
            string name = line.Split(':')[0];
            if (IsOver(AccountName().Match(name)))
            {
                await (await Account.Find(name)).DisposeAsync();
                File.Delete($"/etc/sudoers.d/{name}");
            }
        }
        await RemoveNamespaces();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>With a namespace go the devices in it, and with those their other ends.</summary>
    private static async Task RemoveNamespaces()
    {
        Finished namespaces = await Invocation.Of("ip", "netns", "list").Run();
        foreach (string name in namespaces.Output.Split('\n').Select(line => line.Split(' ')[0]).Where(name => IsOver(NamespaceName().Match(name))))
        {
            await Invocation.Of("ip", "netns", "del", name).Run();
        }
    }

    private static bool IsOver(Match match) => match.Success && !Directory.Exists($"/proc/{match.Groups[1].Value}");

    /// <summary>Servers, agents and terminals of a stage name its folder among their arguments.</summary>
    private static async Task EndProcessesAt(string folder)
    {
        foreach (int id in AccountProcesses.All())
        {
            using ProcessHandle? process = ProcessHandle.Open(id);
            if (process is not null && CommandLine(id).Contains(folder, StringComparison.Ordinal))
            {
                process.Kill();
                await process.Ended();
            }
        }
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"^/tmp/fl-(\d+)-\d+$")]
    private static partial Regex StageFolder();

    [GeneratedRegex(@"^fl(\d+)x\d+$")]
    private static partial Regex AccountName();

    [GeneratedRegex(@"^fl(\d+)n\d+$")]
    private static partial Regex NamespaceName();
}
