using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Output;

/// <summary>An answer as it is put together from lines and tables.</summary>
internal sealed class Page
{
    private readonly StringBuilder text = new();
    private readonly IAnsiConsole console;

    public Page(OutputStyle style)
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = style.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = style.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new PageOutput(text, style.Width),
        });
    }

    /// <summary>A line in which the first part stands out.</summary>
    public Page Line(string strong, string rest = "")
    {
        Paragraph line = new Paragraph().Append(PlainText.Of(strong), new Style(decoration: Decoration.Bold)).Append(PlainText.Of(rest));
        return Add(line);
    }

    public Page Plain(string line) => Add(new Text(PlainText.Of(line)));

    /// <summary>A word, and beside it a text that is broken where it ends the line, and goes on under its own beginning.</summary>
    public Page Item(string word, string said)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 0, 0), Width = word.Length });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        grid.AddRow(new Text(word, new Style(decoration: Decoration.Bold)), new Text(PlainText.Of(said)));
        console.Write(grid);
        return this;
    }

    /// <summary>A line that is never broken: to be typed or pasted.</summary>
    public Page Verbatim(string line)
    {
        text.Append(PlainText.Of(line));
        return Gap();
    }

    public Page Gap()
    {
        text.Append('\n');
        return this;
    }

    /// <summary>Columns without a frame; their names in the first row.</summary>
    public Page Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Dim))) { Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(PlainText.Of(cell))));
        }

        console.Write(table);
        return this;
    }

    /// <summary>Without the blanks that fill a table's rows: they only hurt in a pipe and in a narrow terminal.</summary>
    public override string ToString() =>
        string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd(' ')));

    private Page Add(IRenderable line)
    {
        console.Write(line);
        return Gap();
    }
}
