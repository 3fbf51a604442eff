using CsCheck;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Proc;

public sealed class StartupPagesTests
{
    private const string Smaps = """
        00200000-00344000 r--p 00000000 fe:00 531                                /usr/bin/fairlead
        Rss:                 848 kB
        Anonymous:             0 kB
        VmFlags: rd mr mw me
        00344000-00345000 r--p 00144000 fe:00 531                                /usr/bin/fairlead
        Rss:                   4 kB
        Anonymous:             4 kB
        0042f000-007c4000 r-xp 0022e000 fe:00 531                                /usr/bin/fairlead
        Anonymous:             0 kB
        007ca000-00952000 rw-p 005c7000 fe:00 531                                /usr/bin/fairlead
        Anonymous:             0 kB
        7f1178000000-7f1178021000 r--p 00000000 00:00 0
        Anonymous:             0 kB
        7f1180000000-7f1180021000 r-xp 00000000 fe:00 99                         /usr/lib/libc.so.6
        Anonymous:             0 kB
        """;

    [Fact]
    public void Only_what_nobody_wrote_to_is_given_back() =>
        Assert.Equal(
            [((nuint)0x200000, (nuint)0x344000), ((nuint)0x42f000, (nuint)0x7c4000)],
            StartupPages.Unchanged(Smaps, "/usr/bin/fairlead"));

    [Fact]
    public void Any_text_is_survived_and_only_what_it_names_is_given_back() =>
        Noise.Around("00200000", "-", "00344000", " r--p ", " rw-p ", "/p", "\n", "Anonymous: 0", "Anonymous: 4", "7fffffffffffffffff").Sample(smaps =>
            Assert.All(StartupPages.Unchanged(smaps, "/p"), range => Assert.True(range.Start < range.End)));
}
