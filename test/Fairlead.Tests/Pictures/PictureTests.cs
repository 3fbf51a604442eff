using System.Xml.Linq;

namespace Fairlead.Tests.Pictures;

/// <summary>The pictures of docs/pictures are those that are drawn here. FAIRLEAD_UPDATE_SNAPSHOTS=1 draws them anew.</summary>
public sealed class PictureTests
{
    public static TheoryData<string> Names => ["story", "watch"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_in_the_repository_is_the_one_that_is_drawn(string name) => Snapshot.MatchesFile(Repository.PathOf(FileOf(name)), Draw(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_in_words_what_it_shows_and_needs_nothing_from_elsewhere(string name)
    {
        XElement picture = XElement.Parse(Draw(name));
        XNamespace svg = picture.Name.Namespace;

        Assert.NotEmpty(picture.Element(svg + "title")!.Value);
        Assert.NotEmpty(picture.Element(svg + "desc")!.Value);
        Assert.DoesNotContain(picture.DescendantsAndSelf(), part => part.Name.LocalName is not ("svg" or "title" or "desc" or "style" or "rect" or "text" or "path"));
        Assert.DoesNotContain("url(", picture.Element(svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/how-it-works.md")]
    public void The_pages_show_it(string page)
    {
        string text = File.ReadAllText(Repository.PathOf(page));
        string folder = Path.GetDirectoryName(page)!;

        Assert.All(Names, name => Assert.Contains($"]({Path.GetRelativePath(folder.Length == 0 ? "." : folder, FileOf(name.Data))})", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_word_of_the_live_view_stands_in_its_picture()
    {
        XElement picture = XElement.Parse(WatchPicture.Draw());
        string drawn = string.Concat(picture.Descendants(picture.Name.Namespace + "text").Skip(1).Select(text => text.Value));

        Assert.Equal(WithoutBlanks(string.Concat(WatchPicture.Lines(hasColour: false))), WithoutBlanks(drawn));
    }

    [Fact]
    public void A_style_that_has_no_look_yet_is_an_error() => Assert.Throws<NotSupportedException>(() => StyledRun.In("\e[31mred").ToList());

    private static string Draw(string name) => name == "story" ? StoryPicture.Draw() : WatchPicture.Draw();

    private static string WithoutBlanks(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static string FileOf(string name) => $"docs/pictures/{name}.svg";
}
