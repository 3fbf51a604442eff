using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Fairlead.Doctor;

namespace Fairlead.Tests.Release;

/// <summary>packaging/dotnet-tool/pack.py, on a release of one small file.</summary>
public sealed class DotnetToolTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("""[{"type": "website", "url": "https://example.org/fairlead"}]""", "https://example.org/fairlead")]
    [InlineData("[]", null)]
    public void The_package_says_where_the_project_is_if_the_release_does(string references, string? url)
    {
        File.WriteAllText(folder["fairlead-1.2.3.cdx.json"], """{"metadata": {"component": {"externalReferences": @}}}""".Replace("@", references, StringComparison.Ordinal));
        WriteArchive("fairlead-1.2.3-linux-x86_64", "fairlead", "THIRD-PARTY-LICENSES.txt");

        Assert.NotNull(ProgramSearch.Ask("python3", Repository.PathOf("packaging/dotnet-tool/pack.py"), folder.Path, folder["out"]));

        string nuspec = ReadNuspec(folder["out/fairlead.1.2.3.nupkg"]);
        Assert.Equal(url is not null, nuspec.Contains($"<projectUrl>{url}</projectUrl>", StringComparison.Ordinal));
        Assert.Equal(url is not null, nuspec.Contains("<repository ", StringComparison.Ordinal));
        Assert.DoesNotContain("@", nuspec, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void WriteArchive(string name, params string[] files)
    {
        using FileStream file = File.Create(folder[$"{name}.tar.gz"]);
        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        using var archive = new TarWriter(compressed);
        foreach (string entry in files)
        {
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{name}/{entry}") { DataStream = new MemoryStream(Encoding.ASCII.GetBytes("x")) });
        }
    }

    private static string ReadNuspec(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using var reader = new StreamReader(archive.GetEntry("fairlead.nuspec")!.Open());
        return reader.ReadToEnd();
    }
}
