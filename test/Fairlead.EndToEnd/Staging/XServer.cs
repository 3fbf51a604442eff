using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A real X server on a laptop, without a screen of glass, that lets in who knows its cookie.</summary>
internal sealed partial class XServer : IAsyncDisposable
{
    private const string Cookie = "MIT-MAGIC-COOKIE-1";

    private readonly LongRunning process;

    private XServer(string[] environment, LongRunning process)
    {
        Environment = environment;
        this.process = process;
    }

    /// <summary>What a program on the laptop must have to be shown.</summary>
    public string[] Environment { get; }

    /// <param name="folder">A new one, for its cookie.</param>
    /// <param name="size">WIDTHxHEIGHT, by which a program tells one server from another.</param>
    public static async Task<XServer> Start(string folder, string size)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string known = Path.Combine(folder, "Xserver");
        string own = Path.Combine(folder, "Xauthority");
        // The server compares with the cookies of all displays in its file: it chooses its number later.
        await Authorize(known, 0, secret);
        // It would forget the cookies that `ssh -X` has it make as soon as no program shows anything, which on a laptop is never.
        var process = LongRunning.Start(Invocation.Of(
            "Xvfb", "-displayfd", "1", "-screen", "0", $"{size}x24", "-nolisten", "tcp", "-noreset", "-auth", known).WithOnly());
        if (await process.Says(Number()) is not { } number)
        {
            throw new InvalidOperationException($"Xvfb did not start: {process.Said}");
        }
        int display = int.Parse(number.Value, CultureInfo.InvariantCulture);
        await Authorize(own, display, secret);
        return new([$"DISPLAY=:{display}", $"XAUTHORITY={own}"], process);
    }

    /// <summary>Asks it to end: killed, it would leave its socket in the folder of all X servers.</summary>
    public async ValueTask DisposeAsync()
    {
        await Invocation.Of("kill", $"{process.ProcessId}").Run();
        await process.Ended();
        await process.DisposeAsync();
    }

    private static async Task Authorize(string file, int display, string secret)
    {
        await File.WriteAllBytesAsync(file, []);
        (await Invocation.Of("xauth", "-q", "-f", file, "add", $":{display}", Cookie, secret).Run()).Succeeded();
    }

    [GeneratedRegex(@"^\d+$", RegexOptions.Multiline)]
    private static partial Regex Number();
}
