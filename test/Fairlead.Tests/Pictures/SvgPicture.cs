using System.Globalization;
using System.Security;
using System.Text;

namespace Fairlead.Tests.Pictures;

/// <summary>
/// A picture as a page of the documentation shows it. It needs nothing from elsewhere: the fonts are those that every machine has, and it brings its own
/// background, so that it can be read on a light page and on a dark one.
/// </summary>
/// <param name="width">As all measures here in pixels, where the page shows the picture at its own size.</param>
/// <param name="title">What it is, for somebody who does not see it.</param>
/// <param name="description">What can be seen on it.</param>
/// <param name="style">Rules of CSS for the kinds of its parts.</param>
internal sealed class SvgPicture(int width, int height, string title, string description, string style)
{
    private const double HeadLength = 9;
    private const double HeadHalfWidth = 5;
    private const double HalfCross = 6;

    private readonly StringBuilder parts = new();

    /// <param name="kind">The classes of its style.</param>
    public SvgPicture Box(string kind, double x, double y, double boxWidth, double boxHeight, int radius = 8) =>
        Add($"<rect class=\"{kind}\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{boxWidth:0.##}\" height=\"{boxHeight:0.##}\" rx=\"{radius}\"/>");

    /// <param name="y">Of the line that the letters stand on.</param>
    public SvgPicture Text(string kind, double x, double y, string text) =>
        Add($"<text class=\"{kind}\" x=\"{x:0.##}\" y=\"{y:0.##}\">{SecurityElement.Escape(text)}</text>");

    /// <summary>A text that is as wide as is said, in whatever font: letters of a terminal stand in columns.</summary>
    public SvgPicture Cells(string kind, double x, double y, string text, double textWidth) => Add(
        $"<text class=\"{kind}\" x=\"{x:0.##}\" y=\"{y:0.##}\" textLength=\"{textWidth:0.##}\" lengthAdjust=\"spacingAndGlyphs\">{SecurityElement.Escape(text)}</text>");

    /// <param name="path">As SVG writes it.</param>
    public SvgPicture Line(string kind, string path) => Add($"<path class=\"{kind}\" d=\"{path}\"/>");

    /// <summary>An upright line with its head at the end.</summary>
    public SvgPicture Arrow(string kind, double x, double from, double to)
    {
        Line(kind, Invariant($"M{x} {from}V{to + HeadLength}"));
        return Line($"{kind} head", Invariant($"M{x} {to}l{HeadHalfWidth} {HeadLength}h{-2 * HeadHalfWidth}z"));
    }

    /// <summary>A cross over a line that is cut.</summary>
    public SvgPicture Cross(string kind, double x, double y) =>
        Line(kind, Invariant($"M{x - HalfCross} {y - HalfCross}l{2 * HalfCross} {2 * HalfCross}m0 {-2 * HalfCross}l{-2 * HalfCross} {2 * HalfCross}"));

    public override string ToString() => Invariant($"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description">
        <title id="title">{SecurityElement.Escape(title)}</title>
        <desc id="description">{SecurityElement.Escape(description)}</desc>
        <style>
        {style}
        </style>
        {parts}</svg>

        """);

    private SvgPicture Add(FormattableString part)
    {
        parts.Append(Invariant(part)).Append('\n');
        return this;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
