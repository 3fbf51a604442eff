using System.Text;
using CsCheck;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Proc;

public sealed class ProcessStatTests
{
    private static readonly byte[] Likely = [.. "0123456789() \n-S"u8];

    private const string Rest = " S 100 4240 4242 34816 4242 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654321 1 2 3\n";

    [Theory]
    [InlineData("bash")]
    [InlineData("tmux: server")]
    [InlineData("a) S 1 (b")]
    [InlineData("((()")]
    [InlineData(")))")]
    [InlineData("")]
    public void A_command_may_hold_anything(string command)
    {
        Assert.True(ProcessStat.TryParse(Encoding.UTF8.GetBytes($"4242 ({command}){Rest}"), out ProcessStat stat));
        Assert.Equal(new ProcessStat(4242, command, 100, 4242, 34816, 987654321) { Group = 4240, ForegroundGroup = 4242 }, stat);
    }

    [Fact]
    public void Whatever_a_process_calls_itself_its_numbers_are_read()
        => Gen.Byte.Array[0, 15].Where(command => !command.Contains((byte)0)).Sample(command =>
        {
            byte[] line = [.. "7 ("u8, .. command, .. ")"u8, .. Encoding.ASCII.GetBytes(Rest)];
            Assert.True(ProcessStat.TryParse(line, out ProcessStat stat));
            Assert.Equal((7, 100, 4242, 34816, 987654321ul), (stat.Pid, stat.Parent, stat.Session, stat.Terminal, stat.Started));
        });

    [Fact]
    public void Arbitrary_bytes_never_throw()
        => Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Int[0, Likely.Length - 1].Select(index => Likely[index]).Array[0, 200])
            .Sample(bytes =>
            {
                _ = ProcessStat.TryParse(bytes, out _);
            });

    [Fact]
    public void A_line_that_ends_before_the_start_time_is_refused()
    {
        byte[] line = Encoding.ASCII.GetBytes($"4242 (a) b (c){Rest}");
        for (int length = 0; length < line.Length; length++)
        {
            bool isLongEnough = length > line.AsSpan().IndexOf("987654321"u8);
            Assert.Equal(isLongEnough, ProcessStat.TryParse(line.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void Our_own_line_names_us_and_a_process_that_is_not_there_has_none()
    {
        Assert.True(ProcessStat.TryRead(CurrentProcess.Pid, out ProcessStat stat));
        Assert.Equal(CurrentProcess.Pid, stat.Pid);
        Assert.InRange(stat.Started, 1ul, BootClock.Ticks);
        Assert.True(ProcessStat.TryRead(stat.Parent, out _));
        Assert.False(ProcessStat.TryRead(int.MaxValue, out _));
        Assert.False(ProcessStat.TryRead(0, out _));
    }
}
