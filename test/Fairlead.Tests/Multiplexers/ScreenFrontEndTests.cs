using CsCheck;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>Which screen process on a terminal shows which session, where nothing but command lines can be read.</summary>
public sealed class ScreenFrontEndTests
{
    private const int Main = 700;
    private const int Other = 800;

    private static readonly string[] Words = ["-S", "-", "", "-r", "-x", "-X", "-c", "main", "-dRS", "--"];

    private static readonly ScreenSession[] Both = [new(Main, "main", IsAttached: true), new(Other, "other", IsAttached: true)];

    [Theory]
    [InlineData("-r", true, null)]
    [InlineData("-x", true, null)]
    [InlineData("-dRR", true, null)]
    [InlineData("-r main", true, "main")]
    [InlineData("-d -r main", true, "main")]
    [InlineData("-r 700.main", true, "700.main")]
    [InlineData("-x -S main", true, "main")]
    [InlineData("-dRS main", true, "main")]
    [InlineData("-c /dev/null -r", true, null)]
    [InlineData("-p 2 -x main", true, "main")]
    [InlineData("-S main", false, "main")]
    [InlineData("-S main bash -l", false, "main")]
    [InlineData("-ls", false, null)]
    [InlineData("", false, null)]
    [InlineData("-S", false, null)]
    [InlineData("-x main -X stuff x", false, "x")] // only a message
    public void A_command_line_says_whether_it_attaches_and_to_what(string arguments, bool attaches, string? named)
    {
        ScreenFrontEnd frontEnd = On(1, arguments);
        Assert.Equal((attaches, named), (frontEnd.Attaches, frontEnd.Named));
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("ma", true)]
    [InlineData("700", true)]
    [InlineData("700.main", true)]
    [InlineData("other", false)]
    [InlineData("main2", false)]
    [InlineData("al/main", false)] // another user's
    public void A_session_is_named_by_the_beginning_of_its_name(string word, bool isNamed) => Assert.Equal(isNamed, Both[0].IsNamedBy(word));

    [Fact]
    public void Who_names_the_session_shows_it_and_who_names_another_does_not() =>
        Assert.Equal([1], Shown([On(1, "-r main"), On(2, "-x other"), On(3, "-r gone")]));

    [Fact]
    public void The_server_s_parent_has_started_it_whatever_it_names()
    {
        ScreenFrontEnd[] frontEnds = [On(1, "-S one"), On(2, ""), On(3, "-R")];
        Assert.Equal([2], Shown(frontEnds, server => server == Main ? 2 : 3));
    }

    /// <summary>The only one that there is, or one of those that may be.</summary>
    [Fact]
    public void Who_names_none_shows_what_no_other_shows()
    {
        Assert.Equal([1], Shown([On(1, "-r")]));
        Assert.Equal([1], Shown([On(1, "-r"), On(2, "-x other")]));
        Assert.Equal([2], Shown([On(1, "-r"), On(2, "-x main")]));
        Assert.Equal([1, 2], Shown([On(1, "-r"), On(2, "-r")]));
    }

    [Fact]
    public void Who_names_none_shows_the_only_session_that_is_attached()
    {
        ScreenSession[] one = [Both[0], Both[1] with { IsAttached = false }];
        Assert.Equal([2, 1], ScreenFrontEnd.Choose(Main, one, [On(1, "-x"), On(2, "-r main")], _ => 0).Select(shown => shown.Pid));
    }

    /// <summary>screen -ls, or one that is about to start a session of its own.</summary>
    [Fact]
    public void Who_does_not_attach_shows_nothing() => Assert.Empty(Shown([On(1, "-ls"), On(2, ""), On(3, "-S main")]));

    /// <summary>Its socket is in a folder that was not found.</summary>
    [Fact]
    public void A_session_without_a_socket_is_shown_by_who_names_none() =>
        Assert.Equal([1], ScreenFrontEnd.Choose(Main, [], [On(1, "-r"), On(2, "-r main")], _ => 0).Select(shown => shown.Pid));

    [Fact]
    public void Arbitrary_command_lines_never_throw() =>
        Gen.Int[0, Words.Length - 1].Select(number => Words[number]).Array[0, 6].Sample(words =>
            _ = ScreenFrontEnd.Choose(Main, Both, [new ScreenFrontEnd(1, "pts/1", words)], _ => 0));

    private static ScreenFrontEnd On(int pid, string arguments) => new(pid, "pts/1", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int[] Shown(ScreenFrontEnd[] frontEnds, Func<int, int>? parentOf = null) =>
        [.. ScreenFrontEnd.Choose(Main, Both, frontEnds, parentOf ?? (_ => 0)).Select(shown => shown.Pid)];
}
