using System.Xml.Linq;

namespace Fairlead.Tests.Pictures;

/// <summary>
/// The pictures of docs/pictures: two are drawn here, and FAIRLEAD_UPDATE_SNAPSHOTS=1 draws them again; docs/pictures/reattach/record records the third.
/// </summary>
public sealed class PictureTests
{
    private const string Recorded = "reattach";

    /// <summary>A page on a slow line should show it before a person has read past it.</summary>
    private const int MostBytes = 150_000;

    /// <summary>Nothing that loads, links or runs.</summary>
    private static readonly string[] Allowed = ["svg", "title", "desc", "style", "g", "rect", "text", "path"];

    public static TheoryData<string> Drawn => ["story", "watch"];

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Repository.PathOf("docs/pictures"), "*.svg").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Drawn))]
    public void The_picture_in_the_repository_is_the_one_that_is_drawn(string name) => Snapshot.MatchesFile(Repository.PathOf(FileOf(name)), Draw(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_in_words_what_it_shows_and_needs_nothing_from_elsewhere(string name)
    {
        XElement picture = XElement.Load(Repository.PathOf(FileOf(name)));
        XNamespace svg = picture.Name.Namespace;

        Assert.NotEmpty(picture.Element(svg + "title")!.Value);
        Assert.NotEmpty(picture.Element(svg + "desc")!.Value);
        Assert.All(picture.DescendantsAndSelf(), part => Assert.Contains(part.Name.LocalName, Allowed));
        Assert.DoesNotContain("url(", picture.Element(svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recorded_one_is_small_and_moves_only_for_people_who_have_not_asked_for_less_motion()
    {
        string picture = File.ReadAllText(Repository.PathOf(FileOf(Recorded)));
        string still = picture[..picture.IndexOf("@media (prefers-reduced-motion: no-preference)", StringComparison.Ordinal)];

        Assert.InRange(picture.Length, 1, MostBytes);
        Assert.DoesNotContain("animation", still, StringComparison.Ordinal);
        Assert.DoesNotContain("@keyframes", still, StringComparison.Ordinal);
        Assert.DoesNotContain("animat", picture[picture.IndexOf("</style>", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md", "docs/pictures/reattach.svg")]
    [InlineData("docs/how-it-works.md", "pictures/story.svg", "pictures/watch.svg")]
    public void The_pages_show_them(string page, params string[] pictures)
    {
        string text = File.ReadAllText(Repository.PathOf(page));

        Assert.All(pictures, picture => Assert.Contains($"]({picture})", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_word_of_the_live_view_stands_in_its_picture()
    {
        XElement picture = XElement.Parse(WatchPicture.Draw());
        string drawn = string.Concat(picture.Descendants(picture.Name.Namespace + "text").Skip(1).Select(text => text.Value));

        Assert.Equal(WithoutBlanks(string.Concat(WatchPicture.Lines(hasColour: false))), WithoutBlanks(drawn));
    }

    [Fact]
    public void A_style_that_has_no_look_yet_is_an_error() => Assert.Throws<NotSupportedException>(() => StyledRun.In("\e[35mmagenta").ToList());

    private static string Draw(string name) => name == "story" ? StoryPicture.Draw() : WatchPicture.Draw();

    private static string WithoutBlanks(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static string FileOf(string name) => $"docs/pictures/{name}.svg";
}
