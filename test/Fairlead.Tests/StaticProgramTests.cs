namespace Fairlead.Tests;

/// <summary>The executable links nothing at run time: a library that .NET loads into it brings a C library of its own, which destroys memory.</summary>
public sealed class StaticProgramTests
{
    [Fact]
    public void No_source_uses_what_loads_OpenSSL()
    {
        string[] sources = [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Where(IsOurs)];
        Assert.True(sources.Length > 100, $"only {sources.Length} files found");
        Assert.DoesNotContain(sources, source => File.ReadAllText(source).Contains("using System.Security.Cryptography", StringComparison.Ordinal));
    }

    private static bool IsOurs(string source) => !source.Split('/').Any(folder => folder is "obj" or "bin");
}
