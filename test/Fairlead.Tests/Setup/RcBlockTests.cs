using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

public sealed class RcBlockTests
{
    private const string Line = "if fairlead; then x; fi";
    private const string Block = $"{RcBlock.Begin}\n{Line}\n{RcBlock.End}\n";

    [Theory]
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\n# <<< fairlead <<<\n", "")]
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\n", "")] // its end was removed by hand
    [InlineData("if fairlead; then x; fi\n# <<< fairlead <<<\n", "if fairlead; then x; fi\n")] // and here its beginning
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\nalias mine=1\n# <<< fairlead <<<\n", "alias mine=1\n")]
    [InlineData("# >>> fairlead >>>\r\nif fairlead; then x; fi\r\n# <<< fairlead <<<\r\n", "")]
    [InlineData("# >>> fairlead >>>\na fairlead\n# <<< fairlead <<<\n# >>> fairlead >>>\nb fairlead\n# <<< fairlead <<<\n", "")]
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\nPATH=x # so that your shell finds fairlead\n# <<< fairlead <<<\n", "")]
    [InlineData("# >>> fairlead >>>\nif fairlead; then x; fi\nPATH=x # so that your shell finds fairlead\nalias f=fairlead\n", "alias f=fairlead\n")]
    [InlineData("echo fairlead\n", "echo fairlead\n")]
    public void Only_its_own_line_is_taken_out(string block, string left) =>
        Assert.Equal($"before\n{left}after\n", RcBlock.Remove($"before\n{block}after\n"));

    [Theory]
    [InlineData("")]
    [InlineData("mine\n")]
    [InlineData("mine")]
    [InlineData("mine\r\nand mine\r\n")]
    [InlineData("mine\n\n\n")]
    [InlineData("\u00ef\u00bb\u00bf gr\u00fc\u00dfe \0\n")]
    public void What_was_there_is_there_again_to_the_byte(string text)
    {
        Assert.Equal(Block + text, RcBlock.AddFirst(text, Line));
        Assert.Equal(text, RcBlock.Remove(RcBlock.AddFirst(text, Line)));
        Assert.Equal(text, RcBlock.Remove(RcBlock.AddLast(text, Line)));
    }

    [Theory]
    [InlineData("using x\n", $"using x\n{Block}")]
    [InlineData("", Block)]
    [InlineData("using x", $"using x\n{RcBlock.Begin}\n{Line}\n{RcBlock.End}")]
    public void At_the_end_it_stands_in_lines_of_its_own(string text, string with) => Assert.Equal(with, RcBlock.AddLast(text, Line));

    [Fact]
    public void An_older_one_is_replaced() =>
        Assert.Equal($"{Block}a\nb\n", RcBlock.AddFirst($"a\n{RcBlock.Begin}\nif old/fairlead; then x; fi\n{RcBlock.End}\nb\n", Line));

    [Theory]
    [InlineData(Block, true)]
    [InlineData($"# >>> fairlead >>>\r\n{Line}\r\n", true)]
    [InlineData($"{Line}\n", false)] // written by hand, and not to be found again
    [InlineData("# >>> fairlead >>>\nif old/fairlead; then x; fi\n# <<< fairlead <<<\n", false)]
    public void The_line_counts_as_there_when_it_is_the_same(string text, bool has) => Assert.Equal(has, RcBlock.Has(text, Line));
}
