using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Output;

/// <summary>An answer as it is put together from lines and tables.</summary>
internal sealed class Page
{
    /// <summary>How much further right a line goes on.</summary>
    private const int Hang = 4;

    /// <summary>The same in the first column of a table, which may be narrow.</summary>
    private const int CellHang = 2;

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
            Out = new Paper(text, style.Width),
        });
    }

    /// <summary>A line in which the first part stands out.</summary>
    public Page Line(string strong, string rest = "")
    {
        Paragraph line = new Paragraph().Append(PlainText.Of(strong), new Style(decoration: Decoration.Bold)).Append(PlainText.Of(rest));
        return Add(line, Hang);
    }

    /// <summary>
    /// Whole sentences: they go on where they begin, as a page of a book does. Words from outside must be plain already, and short, so that
    /// none of them fills a line by itself.
    /// </summary>
    public Page Prose(string line) => Add(new Text(line), hang: 0);

    /// <summary>A line that is broken where it must be, and then goes on further right than it begins.</summary>
    public Page Plain(string line) => Add(new Text(PlainText.Of(line)), line.Length - line.TrimStart(' ').Length + Hang);

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

    /// <summary>A line whose end stands out.</summary>
    public Page Ending(string line, Cell end) =>
        Add(new Paragraph().Append(PlainText.Of(line)).Append(PlainText.Of(end.Text), StyleOf(end.Look)), Hang);

    /// <summary>Columns without a frame; their names in the first row.</summary>
    public Page Table(string[] columns, IEnumerable<string[]> rows) => Table(columns, rows.Select(row => row.Select(text => new Cell(text)).ToArray()));

    /// <inheritdoc cref="Table(string[], IEnumerable{string[]})"/>
    public Page Table(string[] columns, IEnumerable<Cell[]> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Dim))) { Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (Cell[] row in rows)
        {
            table.AddRow(row.Select(Render));
        }

        console.Write(table);
        return this;
    }

    /// <summary>Without the blanks that fill a table's rows: they only hurt in a pipe and in a narrow terminal.</summary>
    public override string ToString() =>
        string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd(' ')));

    private Page Add(IRenderable line, int hang)
    {
        console.Write(new HangingIndent(line, hang));
        return Gap();
    }

    /// <summary>What continues in another column begins right of where a row does.</summary>
    private static IRenderable Render(Cell cell, int column)
    {
        var text = new Text(PlainText.Of(cell.Text), StyleOf(cell.Look));
        return column == 0 ? new HangingIndent(text, CellHang) : text;
    }

    private static Style StyleOf(Look look) => look switch
    {
        Look.Warning => new Style(Color.Olive),
        Look.Refused => new Style(Color.Maroon),
        _ => Style.Plain,
    };

    /// <summary>
    /// Lets Spectre.Console write into a text. Its own class for that asks <see cref="Console"/> whether the writer is the terminal, and so wakes it.
    /// </summary>
    private sealed class Paper(StringBuilder text, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = new StringWriter(text);

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // Text has none.
        }
    }
}
