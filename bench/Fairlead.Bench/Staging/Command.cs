using System.Diagnostics;

namespace Fairlead.Bench.Staging;

/// <summary>A command that ends by itself, and what it wrote.</summary>
internal static class Command
{
    public static string Run(IReadOnlyList<string> environment, params string[] words)
    {
        var start = new ProcessStartInfo("env", ["-i", .. environment, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{string.Join(' ', words)}' ended with {process.ExitCode}: {error.Result}");
    }
}
