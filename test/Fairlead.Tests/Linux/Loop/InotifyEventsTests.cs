using CsCheck;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests.Linux.Loop;

public sealed class InotifyEventsTests
{
    private static readonly Gen<(int Watch, uint Mask, string Name)[]> Events =
        Gen.Select(Gen.Int, Gen.UInt, Gen.String[Gen.Char["ab.\n\u00e9"], 0, 60]).Array[0, 6];

    [Fact]
    public void What_the_kernel_writes_is_read() => Events.Sample(events => Assert.Equal(events, Read(Write(events))));

    [Fact]
    public void Of_a_buffer_that_ends_early_the_events_before_are_read() => Gen.Select(Events, Gen.UInt).Sample((events, cut) =>
    {
        byte[] bytes = Write(events);
        var read = Read(bytes[..(int)(cut % (uint)(bytes.Length + 1))]);
        Assert.Equal(events.Take(read.Count), read);
    });

    [Fact]
    public void Any_bytes_are_survived() => Gen.OneOf(Gen.Byte.Array[0, 100], Gen.Byte[0, 2].Array[0, 100], Noise.OneOf<byte>(0, 0xff, 0x80).Array[16, 100])
        .Sample(bytes => Assert.True(Read(bytes).Count <= bytes.Length / 16));

    private static byte[] Write((int Watch, uint Mask, string Name)[] events) =>
    [
        .. events.SelectMany(told =>
        {
            byte[] name = System.Text.Encoding.UTF8.GetBytes(told.Name);
            Array.Resize(ref name, name.Length == 0 ? 0 : (name.Length + 16) & ~15);
            return (byte[])[.. BitConverter.GetBytes(told.Watch), .. BitConverter.GetBytes(told.Mask), 0, 0, 0, 0, .. BitConverter.GetBytes(name.Length), .. name];
        }),
    ];

    private static List<(int Watch, uint Mask, string Name)> Read(byte[] bytes)
    {
        var read = new List<(int, uint, string)>();
        var events = new InotifyEvents(bytes);
        while (events.MoveNext())
        {
            read.Add((events.Watch, events.Mask, events.Name));
        }

        return read;
    }
}
