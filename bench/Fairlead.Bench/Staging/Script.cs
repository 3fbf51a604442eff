namespace Fairlead.Bench.Staging;

/// <summary>A script that lies beside the bench.</summary>
internal static class Script
{
    public static string Path(string name) => System.IO.Path.Join(AppContext.BaseDirectory, "Staging", name);
}
