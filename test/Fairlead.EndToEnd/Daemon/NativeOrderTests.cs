using System.Buffers.Binary;
using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>The build places functions that everyday use calls side by side (src/Fairlead/native-order.txt), so that few pages of the program are resident.</summary>
public class NativeOrderTests
{
    /// <summary>Bytes. At the first access to a page the kernel maps all cached pages of such a window.</summary>
    private const long Window = 64 * 1024;

    /// <summary>Bytes of a page, and of its entry in /proc/PID/pagemap.</summary>
    private const long Page = 4096;
    private const int Entry = 8;

    /// <summary>proc_pid_pagemap(5).</summary>
    private const ulong IsPresent = 1UL << 63;

    /// <summary>Measured: 31 with the order of functions, up to 56 while the pages of the start are still there; 70 and more without.</summary>
    private const int Limit = 62;

    [Fact]
    public async Task A_list_and_a_signature_use_a_small_part_of_the_code()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        SshAgent agent = stage.Keep(await SshAgent.Start(stage.Person.InHome("agent"), stage.Person));
        SshKey key = await SshKey.Create(Path.Combine(stage.Folder, "key"), "a key");
        await agent.Add(key);
        ForegroundDaemon daemon = await ForegroundDaemon.StartBefore(stage, agent.Socket, command => FromMemory(stage, command));
        string through = $"SSH_AUTH_SOCK={daemon.Socket}";

        (await Invocation.Of("ssh-add", "-l").As(stage.Person, through).Run()).Succeeded();
        (await Invocation.Of("ssh-add", "-T", $"{key.Path}.pub").WithOnly(through).Run()).Succeeded();

        int windows = WindowsOfCode(daemon.ProcessId);
        Assert.True(windows is > 0 and <= Limit, $"{windows} windows, and not {Limit} at most: CONTRIBUTING.md says how to record the order of functions again");
    }

    /// <summary>
    /// Runs the daemon's program from a tmpfs, which holds all of it in single pages. On a disk it depends on the page cache how much of the program the kernel
    /// maps at once.
    /// </summary>
    private static Invocation FromMemory(Stage stage, Invocation command)
    {
        const string Copy = "mount -t tmpfs -o mode=755 tmpfs \"$0\" && cp \"$1\" \"$0\" && shift && exec \"$@\"";
        string folder = Path.GetDirectoryName(stage.Fairlead)!;
        return new(["unshare", "--mount", "--propagation", "private", "sh", "-c", Copy, folder, FairleadBinary.Existing, .. command.Words]);
    }

    private static int WindowsOfCode(int process)
    {
        string mapping = File.ReadLines($"/proc/{process}/maps").Single(line => line.Contains(" r-xp ", StringComparison.Ordinal) && line.EndsWith("/fairlead", StringComparison.Ordinal));
        long[] ends = [.. mapping.Split(' ')[0].Split('-').Select(end => long.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        byte[] entries = new byte[(ends[1] - ends[0]) / Page * Entry];
        using FileStream pages = File.OpenRead($"/proc/{process}/pagemap");
        pages.Position = ends[0] / Page * Entry;
        pages.ReadExactly(entries);
        return Enumerable.Range(0, entries.Length / Entry)
            .Where(page => (BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(page * Entry)) & IsPresent) != 0)
            .Select(page => (ends[0] + (page * Page)) / Window)
            .Distinct()
            .Count();
    }
}
