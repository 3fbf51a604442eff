#!/usr/bin/env python3
"""Makes the .NET tool from a release: one package for each processor, with the program, and the one that people name.

    packaging/dotnet-tool/pack.py RELEASE OUTPUT

RELEASE is the folder that release.sh has made. 'dotnet pack' would compile the program once more; these hold the bytes that were released. The
layout is that of .NET 10 for tools that are native programs (Microsoft.NET.PackTool.targets): the named package lists one package for each runtime
identifier, and 'dotnet tool install' takes that of the machine.
"""

import json
import pathlib
import re
import sys
import tarfile
import zipfile

RUNTIMES = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}

NUSPEC = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>{name}</id>
    <version>{version}</version>
    <authors>The fairlead authors</authors>
    <license type="expression">MIT</license>{project}
    <description>One SSH_AUTH_SOCK on a server that never goes stale</description>
    <packageTypes>
      <packageType name="{kind}" />
    </packageTypes>
  </metadata>
</package>
"""

SETTINGS = """<?xml version="1.0" encoding="utf-8"?>
<DotNetCliTool Version="2">
  <Commands>
    <Command Name="fairlead"{entry} />
  </Commands>{runtimes}
</DotNetCliTool>
"""

# A package is a zip file with these two beside its content (ECMA-376, part 2).
CONTENT_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
  <Default Extension="nuspec" ContentType="application/octet" />
  <Default Extension="xml" ContentType="application/octet" />
  <Default Extension="txt" ContentType="application/octet" />
{overrides}</Types>
"""

RELATIONSHIPS = """<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{name}.nuspec" Id="manifest" />
</Relationships>
"""


def project_of(release):
    """The project's address, from the bill of materials; empty where it names none."""
    bill = json.loads(next(release.glob("fairlead-*.cdx.json")).read_text())
    references = bill["metadata"]["component"].get("externalReferences", [])
    url = next((reference["url"] for reference in references if reference["type"] == "website"), None)
    return f'\n    <projectUrl>{url}</projectUrl>\n    <repository type="git" url="{url}" />' if url else ""


def write_package(path, name, version, kind, project, files):
    """FILES: what is at which path, and its mode."""
    nameless = [place for place in files if "." not in place.rpartition("/")[2]]
    overrides = "".join(f'  <Override PartName="/{place}" ContentType="application/octet" />\n' for place in nameless)
    parts = {
        "[Content_Types].xml": (CONTENT_TYPES.format(overrides=overrides).encode(), 0o644),
        "_rels/.rels": (RELATIONSHIPS.format(name=name).encode(), 0o644),
        f"{name}.nuspec": (NUSPEC.format(name=name, version=version, kind=kind, project=project).encode(), 0o644),
        **files,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for place, (content, mode) in parts.items():
            entry = zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)


def main():
    release, output = map(pathlib.Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    project = project_of(release)
    runtimes = []
    for archive in sorted(release.glob("fairlead-*-linux-*.tar.gz")):
        version, architecture = re.fullmatch(r"fairlead-(.+)-linux-(\w+)\.tar\.gz", archive.name).groups()
        runtime = RUNTIMES[architecture]
        top = archive.name.removesuffix(".tar.gz")
        with tarfile.open(archive) as tar:
            program, licences = (tar.extractfile(f"{top}/{name}").read() for name in ("fairlead", "THIRD-PARTY-LICENSES.txt"))
        settings = SETTINGS.format(entry=' EntryPoint="fairlead" Runner="executable"', runtimes="").encode()
        name = f"fairlead.{runtime}"
        write_package(
            output / f"{name}.{version}.nupkg",
            name,
            version,
            "DotnetToolRidPackage",
            project,
            {
                f"tools/any/{runtime}/DotnetToolSettings.xml": (settings, 0o644),
                f"tools/any/{runtime}/fairlead": (program, 0o755),
                "THIRD-PARTY-LICENSES.txt": (licences, 0o644),
            },
        )
        runtimes.append(f'\n    <RuntimeIdentifierPackage RuntimeIdentifier="{runtime}" Id="{name}" />')
    settings = SETTINGS.format(
        entry="", runtimes="\n  <RuntimeIdentifierPackages>" + "".join(runtimes) + "\n  </RuntimeIdentifierPackages>"
    ).encode()
    write_package(output / f"fairlead.{version}.nupkg", "fairlead", version, "DotnetTool", project, {"tools/any/any/DotnetToolSettings.xml": (settings, 0o644)})


main()
