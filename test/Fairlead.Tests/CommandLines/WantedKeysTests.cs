using System.Diagnostics;
using System.Text;
using CsCheck;
using Fairlead.Core.CommandLines;

namespace Fairlead.Tests.CommandLines;

/// <summary>The key files that a process's command line names, read as ssh would.</summary>
public sealed class WantedKeysTests : IDisposable
{
    private static readonly byte[] Blob = [1, 2, 3, 250];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("k")]
    [InlineData("k.pub")]
    public void The_public_half_is_found_beside_the_file_or_is_the_file(string named)
    {
        File.WriteAllText(folder["k.pub"], $"ssh-ed25519 {Convert.ToBase64String(Blob)} al@laptop\n");

        Assert.Equal([Blob], ReadOf("-i", folder[named]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 not-base64!")]
    public void A_file_that_is_no_key_names_none(string contents)
    {
        File.WriteAllText(folder["k.pub"], contents);

        Assert.Empty(ReadOf("-i", folder["k"]));
    }

    [Fact]
    public void A_pipe_is_left_alone()
    {
        using (Process made = Process.Start("mkfifo", folder["k.pub"]))
        {
            made.WaitForExit();
        }

        Assert.Empty(ReadOf("-i", folder["k"]));
    }

    [Fact]
    public void A_process_that_is_gone_names_none() => Assert.Empty(WantedKeys.Read(int.MaxValue));

    /// <summary>A shell under ssh's name; to it what follows the script are parameters.</summary>
    private static IReadOnlyList<byte[]> ReadOf(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] words = ["-c", "exec -a ssh sh -c 'echo up; read wait' \"$@\"", "bash", .. arguments];
        words.ToList().ForEach(start.ArgumentList.Add);

        using Process process = Process.Start(start)!;
        Assert.Equal("up", process.StandardOutput.ReadLine());
        IReadOnlyList<byte[]> keys = WantedKeys.Read(process.Id);
        process.StandardInput.Close();
        process.WaitForExit();
        return keys;
    }
}
