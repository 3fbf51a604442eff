using System.Diagnostics;
using System.Text;
using CsCheck;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Proc;

/// <summary>What /proc says of a process in text: its strings, its status, what it has open.</summary>
public sealed class ProcessFileTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["ab=/ \n\t:\u00e9"], 1, 12];

    [Fact]
    public void Strings_that_end_with_a_zero_are_read() => Word.Array[0, 8].Sample(words =>
        Assert.Equal(words, ProcessFile.StringsIn(Encoding.UTF8.GetBytes(string.Concat(words.Select(word => word + '\0'))))));

    [Fact]
    public void Any_bytes_are_strings() => Gen.Byte.Array[0, 60].Sample(bytes => Assert.DoesNotContain("", ProcessFile.StringsIn(bytes)));

    /// <summary>The beginning of a path would be the path of another agent.</summary>
    [Fact]
    public void A_string_that_is_cut_off_is_not_there()
    {
        byte[] bytes = new byte[SmallFile.MaxLength];
        bytes.AsSpan().Fill((byte)'x');
        "A=1\0SSH_AUTH_SOCK=/tmp/ssh-XXXXXXXXXX/agent.4"u8.CopyTo(bytes.AsSpan(bytes.Length - 46));
        Assert.Equal(2, ProcessFile.StringsIn([.. bytes[..^1], 0]).Length);
        Assert.EndsWith("A=1", Assert.Single(ProcessFile.StringsIn(bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_values_of_a_line_are_those_behind_its_name() =>
        Gen.Select(Noise.OneOf("Name", "Uid", "Groups", "NSpid"), Gen.Int[0, 99999].Array[0, 5]).Array[0, 6].Sample(lines =>
        {
            string status = string.Concat(lines.Select(line => $"{line.Item1}:{string.Concat(line.Item2.Select(number => $"\t{number}"))}\n"));
            int[] expected = lines.FirstOrDefault(line => line.Item1 == "Uid").Item2 ?? [];
            Assert.Equal(expected.Select(number => number.ToString()), ProcessStatus.ValuesIn(status, "Uid"));
        });

    [Fact]
    public void Any_status_is_survived() => Noise.Around("Uid:", "NSpid", "\t", "\n", "0").Sample(text => _ = ProcessStatus.ValuesIn(text, "Uid"));

    /// <summary>Its groups stand before its namespaces and take more room than all the rest.</summary>
    [Fact]
    public void A_process_in_many_groups_says_all_the_same_which_namespaces_it_is_in()
    {
        var start = new ProcessStartInfo("setpriv", ["--groups", string.Join(',', Enumerable.Range(60_000, 1500)), "sh", "-c", "echo up; read wait"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Assert.Equal("up", process.StandardOutput.ReadLine());

        Assert.Equal(process.Id.ToString(), ProcessStatus.Values(process.Id, "NSpid").FirstOrDefault());

        process.StandardInput.Close();
        process.WaitForExit();
    }

    [Fact]
    public void A_socket_among_what_is_open_has_its_number() => Gen.ULong.Sample(inode =>
    {
        Assert.True(ProcessDescriptors.TryParseSocket($"socket:[{inode}]", out ulong read));
        Assert.Equal(inode, read);
    });

    [Fact]
    public void Whatever_else_is_open_is_no_socket() =>
        Noise.Around("socket:", "[", "]", "12", "-", "/", "pipe").Where(text => !System.Text.RegularExpressions.Regex.IsMatch(text, @"^socket:\[[0-9]+\]\z"))
            .Sample(text => Assert.False(ProcessDescriptors.TryParseSocket(text, out _)));
}
