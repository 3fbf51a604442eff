using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Linux.Proc;
using Fairlead.Deploy;

namespace Fairlead.Tests.Deploy;

/// <summary>
/// A home that the script is run in, as sshd would run it. Its programs are real ones that do what <c>behave</c>, a script in that home, says: their
/// version is VERSION there, and each call of one is a line of <see cref="Calls"/>.
/// </summary>
internal sealed class RemoteHome : IDisposable
{
    public const string Mark = "0a1b";

    private const string Source = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        const char words[] = "fairlead init";
        int main(int count, char **all) {
          char path[4096];
          if (count > 1 && !strcmp(all[1], "--version")) return puts("fairlead " VERSION) < 0;
          snprintf(path, sizeof path, "%s/behave", getenv("HOME"));
          setenv("VERSION", VERSION, 1);
          char *shell[16] = {"sh", path};
          for (int i = 1; i < count && i < 14; i++) shell[i + 1] = all[i];
          return execv("/bin/sh", shell);
        }
        """;

    private readonly TempFolder folder = new();

    public RemoteHome()
    {
        Directory.CreateDirectory(Bin);
        Directory.CreateDirectory(folder["shims"]);
        File.WriteAllText(folder["program.c"], Source);
        Behave("");
    }

    public string this[string name] => folder[name];

    public string Bin => folder[".local/bin"];

    public string Program => Path.Join(Bin, "fairlead");

    /// <summary>By name.</summary>
    public string[] Files => Directory.Exists(Bin) ? [.. Directory.GetFileSystemEntries(Bin).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)] : [];

    /// <summary>A version, a verb and its options each.</summary>
    public string[] Calls => File.Exists(folder["calls"]) ? File.ReadAllLines(folder["calls"]) : [];

    public void Dispose() => folder.Dispose();

    /// <summary>Lines of sh: $VERSION is the program's, $1 its verb.</summary>
    public void Behave(string lines) => File.WriteAllText(folder["behave"], $"echo \"$VERSION $*\" >>\"$HOME/calls\"\n{lines}\n");

    /// <summary>Goes before the program of that name.</summary>
    public void Shim(string name, string lines)
    {
        File.WriteAllText(folder[$"shims/{name}"], $"#!/bin/sh\n{lines}\n");
        File.SetUnixFileMode(folder[$"shims/{name}"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>A program of that version.</summary>
    public byte[] Build(string version)
    {
        Assert.Equal((0, ""), Finish(Start(["gcc", $"-DVERSION=\"{version}\"", "-o", folder["program"], folder["program.c"]])));
        return File.ReadAllBytes(folder["program"]);
    }

    public void Place(string name, byte[] program)
    {
        File.WriteAllBytes(Path.Join(Bin, name), program);
        File.SetUnixFileMode(Path.Join(Bin, name), (UnixFileMode)0x1ED);
    }

    public byte[] Content(string name) => File.ReadAllBytes(Path.Join(Bin, name));

    public string[] Put(byte[] program, string shell = "sh") => Told(StartPut(program, shell));

    public Process StartPut(byte[] program, string shell = "sh")
    {
        string own = File.Exists(Own) ? Digest(File.ReadAllBytes(Own)) : "-";
        return StartScript($"put {program.Length} {Digest(program)} {own}\n", program, shell);
    }

    /// <returns>What the script has answered after the facts.</returns>
    public string[] Run(string request) => Told(StartScript(request + "\n", [], "sh"));

    public static string[] Told(Process script) =>
    [
        .. Finish(script).Said.Split('\n').Where(line => line.StartsWith($"{Mark} ", StringComparison.Ordinal)).Select(line => line[(Mark.Length + 1)..].TrimEnd())
            .SkipWhile(line => line != "ready").Skip(1).Where(line => !line.StartsWith("got ", StringComparison.Ordinal)),
    ];

    /// <summary>The program of this machine's architecture.</summary>
    private string Own => File.Exists($"{Program}-linux-{OwnProgram.Architecture}") || (File.Exists(Program) && ElfHeader.ArchitectureOf(File.ReadAllBytes(Program)) is { } other && other != OwnProgram.Architecture)
        ? $"{Program}-linux-{OwnProgram.Architecture}"
        : Program;

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private Process StartScript(string request, byte[] payload, string shell)
    {
        Process script = Start([shell, "-c", """read -r l; eval "$l" """]);
        Stream input = script.StandardInput.BaseStream;
        input.Write(Encoding.UTF8.GetBytes($"{RemoteScript.Line}\n{Mark} .local\n{request}"));
        input.Write(payload);
        script.StandardInput.Close();
        return script;
    }

    private Process Start(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = folder.Path;
        start.Environment["PATH"] = $"{folder["shims"]}:/usr/bin:/bin";
        return Process.Start(start)!;
    }

    private static (int Status, string Said) Finish(Process process)
    {
        using Process running = process;
        Task<string> error = running.StandardError.ReadToEndAsync();
        string said = running.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        running.WaitForExit();
        return (running.ExitCode, said);
    }
}
