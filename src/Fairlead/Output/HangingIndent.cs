using Spectre.Console.Rendering;

namespace Fairlead.Output;

/// <summary>
/// A text whose lines after the first begin further right, where it has to be broken: so what a long comment is continued with is never taken for a line of
/// fairlead's.
/// </summary>
internal sealed class HangingIndent(IRenderable text, int columns) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth)
    {
        Measurement whole = text.Measure(options, maxWidth);
        return new Measurement(Math.Min(whole.Min + columns, whole.Max), whole.Max);
    }

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        bool isBroken = text.Measure(options, int.MaxValue).Max > maxWidth && maxWidth > columns;
        IEnumerable<SegmentLine> lines = Segment.SplitLines(text.Render(options, isBroken ? maxWidth - columns : maxWidth));
        bool isFirst = true;
        foreach (SegmentLine line in lines)
        {
            if (!isFirst)
            {
                yield return Segment.LineBreak;
                yield return Segment.Padding(isBroken ? columns : 0);
            }

            foreach (Segment segment in line)
            {
                yield return segment;
            }

            isFirst = false;
        }
    }
}
