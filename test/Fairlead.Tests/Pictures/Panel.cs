using System.Globalization;

namespace Fairlead.Tests.Pictures;

/// <summary>One of two drawings side by side: the same measures in both, from its own left.</summary>
internal sealed class Panel(SvgPicture picture, double left)
{
    public Panel Box(string kind, double x, double y, double width, double height, int radius = 8)
    {
        picture.Box(kind, left + x, y, width, height, radius);
        return this;
    }

    public Panel Text(string kind, double x, double y, string text)
    {
        picture.Text(kind, left + x, y, text);
        return this;
    }

    /// <summary>An upright line.</summary>
    public Panel Line(string kind, double x, double from, double to)
    {
        picture.Line(kind, string.Create(CultureInfo.InvariantCulture, $"M{left + x} {from}V{to}"));
        return this;
    }

    public Panel Arrow(double x, double from, double to)
    {
        picture.Arrow("way", left + x, from, to);
        return this;
    }

    public Panel Cross(double x, double y)
    {
        picture.Cross("way cut", left + x, y);
        return this;
    }
}
