using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Release;

/// <summary>What is in the packages of a release, as those who take them in see it. lintian and rpmlint have been asked when they were made.</summary>
public class ReleaseTests
{
    private static string[] Pages =>
        [.. Directory.GetFiles(ReleaseFolder.Repository("packaging/man")).Select(page => Path.GetFileName(page)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_sums_are_those_of_all_files()
    {
        string sums = await File.ReadAllTextAsync(Path.Combine(ReleaseFolder.All, "SHA256SUMS"));

        (await Invocation.Of("env", "-C", ReleaseFolder.All, "sha256sum", "--check", "--strict", "SHA256SUMS").Run()).Succeeded();
        Assert.Equal(
            Directory.GetFiles(ReleaseFolder.All).Select(file => Path.GetFileName(file)).Where(file => file != "SHA256SUMS").Order(StringComparer.Ordinal),
            sums.Trim().Split('\n').Select(line => line.Split("  ")[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_archive_has_one_folder_with_all_that_a_person_needs()
    {
        string top = $"fairlead-{ReleaseFolder.Version}-linux-x86_64";
        string[] lines = (await ReleaseFolder.Ask("tar", "--list", "--verbose", "--numeric-owner", "--file", ReleaseFolder.Tar)).Trim().Split('\n');
        (string Mode, string Owner, string Date, string Name)[] entries =
            [.. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => (words[0], words[1], $"{words[3]} {words[4]}", words[5]))];

        Assert.All(entries, entry => Assert.Equal("0/0", entry.Owner));
        Assert.Single(entries.Select(entry => entry.Date).Distinct());
        Assert.All(entries, entry => Assert.Equal(ModeOf(entry.Name), entry.Mode));
        Assert.All(entries, entry => Assert.StartsWith($"{top}/", entry.Name, StringComparison.Ordinal));
        string[] expected =
        [
            "LICENSE", "README.txt", "THIRD-PARTY-LICENSES.txt", "fairlead", "install.sh",
            "completions/_fairlead", "completions/fairlead.bash", "completions/fairlead.fish", "systemd/fairlead.service", "systemd/fairlead.socket",
            .. Scripts, .. Pages.Select(page => $"man/man{page[^1]}/{page}"),
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            entries.Select(entry => entry.Name[(top.Length + 1)..]).Where(name => name.Length > 0 && !name.EndsWith('/')).Order(StringComparer.Ordinal));

        string ModeOf(string name) => name.EndsWith('/') ? "drwxr-xr-x"
            : Path.GetFileName(name) is "fairlead" or "install.sh" || Scripts.Contains(Path.GetFileName(name)) ? "-rwxr-xr-x" : "-rw-r--r--";
    }

    [Fact]
    public async Task The_program_in_the_archive_is_of_the_release_s_version()
    {
        string folder = Directory.CreateTempSubdirectory("fl-").FullName;
        try
        {
            await ReleaseFolder.Ask("tar", "--extract", "--file", ReleaseFolder.Tar, "--directory", folder, "--strip-components", "1");
            string said = await ReleaseFolder.Ask($"{folder}/fairlead", "--version");
            Assert.StartsWith($"fairlead {ReleaseFolder.Version} (", said, StringComparison.Ordinal);
            Assert.Equal(await ReleaseFolder.Ask($"{folder}/fairlead", "completions", "bash"), await File.ReadAllTextAsync($"{folder}/completions/fairlead.bash"));
            string licences = await File.ReadAllTextAsync($"{folder}/THIRD-PARTY-LICENSES.txt");
            Assert.All(["Spectre.Console", "Tomlyn", "BouncyCastle", "NativeAOT", "libc6-dev"], name => Assert.Contains(name, licences, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_Debian_package_has_its_files_where_the_system_looks()
    {
        string[] files = [.. (await ReleaseFolder.Ask("dpkg-deb", "--contents", ReleaseFolder.Deb)).Trim().Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words[0][0] == '-').Select(words => $"{words[0]} {words[1]} {words[^1][1..]}")];

        Assert.Equal(
            SystemFiles("/usr/share/zsh/vendor-completions/_fairlead").Concat(
                ["/usr/share/doc/fairlead/CHANGELOG.md.gz", "/usr/share/doc/fairlead/changelog.gz", "/usr/share/doc/fairlead/copyright", "/usr/share/lintian/overrides/fairlead"])
                .Select(file => $"{(file == "/usr/bin/fairlead" ? "-rwxr-xr-x" : "-rw-r--r--")} root/root {file}").Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
        Assert.Equal("fairlead", (await ReleaseFolder.Ask("dpkg-deb", "--field", ReleaseFolder.Deb, "Package")).Trim());
        Assert.Equal(ReleaseFolder.Version.Replace('-', '~'), (await ReleaseFolder.Ask("dpkg-deb", "--field", ReleaseFolder.Deb, "Version")).Trim());
        Assert.Equal("amd64", (await ReleaseFolder.Ask("dpkg-deb", "--field", ReleaseFolder.Deb, "Architecture")).Trim());
        Assert.Equal("\n", await ReleaseFolder.Ask("dpkg-deb", "--field", ReleaseFolder.Deb, "Depends"));
    }

    /// <summary>What it does for a person is the person's choice: nothing runs when it comes and goes, and nothing is enabled.</summary>
    [Fact]
    public async Task The_packages_run_nothing()
    {
        string[] parts = (await ReleaseFolder.Ask("sh", "-c", "dpkg-deb --ctrl-tarfile \"$0\" | tar --list", ReleaseFolder.Deb)).Trim().Split('\n');
        Assert.Equal(["./", "./control", "./md5sums"], parts);
        Assert.Empty(await ReleaseFolder.Ask("rpm", "--query", "--package", "--scripts", "--triggers", ReleaseFolder.Rpm));
    }

    [Fact]
    public async Task The_rpm_has_its_files_where_the_system_looks_and_needs_no_library()
    {
        string files = await ReleaseFolder.Ask("rpm", "--query", "--package", "--queryformat", "[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\n]", ReleaseFolder.Rpm);

        Assert.Equal(
            SystemFiles("/usr/share/zsh/site-functions/_fairlead").Concat(
                ["/usr/share/doc/fairlead/CHANGELOG.md", "/usr/share/licenses/fairlead/LICENSE", "/usr/share/licenses/fairlead/THIRD-PARTY-LICENSES.txt"])
                .Select(file => $"{(file == "/usr/bin/fairlead" ? "-rwxr-xr-x" : "-rw-r--r--")} root {file}").Order(StringComparer.Ordinal),
            files.Trim().Split('\n').Where(line => line[0] == '-').Order(StringComparer.Ordinal));
        Assert.Equal(
            $"fairlead {ReleaseFolder.Version.Replace('-', '~')} 1 x86_64",
            await ReleaseFolder.Ask("rpm", "--query", "--package", "--queryformat", "%{NAME} %{VERSION} %{RELEASE} %{ARCH}", ReleaseFolder.Rpm));
        string needs = await ReleaseFolder.Ask("rpm", "--query", "--package", "--requires", ReleaseFolder.Rpm);
        Assert.All(needs.Trim().Split('\n'), need => Assert.StartsWith("rpmlib(", need, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_package_says_where_the_project_is()
    {
        string issues = $"{ReleaseFolder.Url}/issues";
        string top = $"fairlead-{ReleaseFolder.Version}-linux-x86_64";
        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(ReleaseFolder.Bill));

        Assert.Equal($"{ReleaseFolder.Url}\n", await ReleaseFolder.Ask("dpkg-deb", "--field", ReleaseFolder.Deb, "Homepage"));
        Assert.Equal($"{ReleaseFolder.Url} {issues}", await ReleaseFolder.Ask("rpm", "--query", "--package", "--queryformat", "%{URL} %{BUGURL}", ReleaseFolder.Rpm));
        Assert.Equal(
            [ReleaseFolder.Url, issues],
            bill.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("externalReferences").EnumerateArray().Select(reference => reference.GetProperty("url").GetString()));
        Assert.EndsWith(
            $"\n.Lk {issues} .\nThe documentation is at\n.Lk {ReleaseFolder.Url} .\n",
            await ReleaseFolder.Ask("tar", "--extract", "--to-stdout", "--file", ReleaseFolder.Tar, $"{top}/man/man1/fairlead.1"),
            StringComparison.Ordinal);
        Assert.EndsWith($"Bugs: {issues}\n", await ReleaseFolder.Ask("tar", "--extract", "--to-stdout", "--file", ReleaseFolder.Tar, $"{top}/README.txt"), StringComparison.Ordinal);
        string copyright = await ReleaseFolder.Ask("sh", "-c", "dpkg-deb --fsys-tarfile \"$0\" | tar --extract --to-stdout ./usr/share/doc/fairlead/copyright", ReleaseFolder.Deb);
        Assert.Contains($"\nSource: {ReleaseFolder.Url}\n", copyright, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_units_of_the_packages_start_the_program_of_the_packages()
    {
        string unit = await ReleaseFolder.Ask(
            "sh", "-c", "dpkg-deb --fsys-tarfile \"$0\" | tar --extract --to-stdout ./usr/lib/systemd/user/fairlead.service", ReleaseFolder.Deb);
        Assert.Equal(["ExecStart=/usr/bin/fairlead daemon"], unit.Split('\n').Where(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_bill_of_materials_names_each_package_of_the_lock_file()
    {
        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(ReleaseFolder.Bill));
        using var lockFile = JsonDocument.Parse(await File.ReadAllTextAsync(ReleaseFolder.Repository("src/Fairlead/packages.lock.json")));
        string[] packages = [.. lockFile.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(entry => entry.Value.TryGetProperty("resolved", out _) && entry.Name is not ("Microsoft.DotNet.ILCompiler" or "Microsoft.NET.ILLink.Tasks"))
            .Select(entry => $"pkg:nuget/{entry.Name}@{entry.Value.GetProperty("resolved").GetString()}")];
        string[] named = [.. bill.RootElement.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("purl").GetString()!)];

        Assert.Equal(("CycloneDX", "1.6"), (bill.RootElement.GetProperty("bomFormat").GetString(), bill.RootElement.GetProperty("specVersion").GetString()));
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package, named));
        Assert.Contains(named, name => name.StartsWith("pkg:nuget/Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64@", StringComparison.Ordinal));
        Assert.Contains(named, name => name.StartsWith("pkg:deb/debian/libc6-dev@", StringComparison.Ordinal));
        Assert.Equal(ReleaseFolder.Version, bill.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
    }

    /// <summary>The files of packaging/deploy.</summary>
    private static string[] Scripts => Directory.Exists(ReleaseFolder.Repository("packaging/deploy"))
        ? [.. Directory.GetFiles(ReleaseFolder.Repository("packaging/deploy")).Select(script => Path.GetFileName(script))]
        : [];

    private static IEnumerable<string> SystemFiles(string zsh) =>
    [
        "/usr/bin/fairlead", "/usr/lib/systemd/user/fairlead.service", "/usr/lib/systemd/user/fairlead.socket",
        "/usr/share/bash-completion/completions/fairlead", "/usr/share/fish/vendor_completions.d/fairlead.fish", zsh,
        .. Pages.Select(page => $"/usr/share/man/man{page[^1]}/{page}.gz"),
    ];
}
