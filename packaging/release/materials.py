#!/usr/bin/env python3
"""What the program is made of: a CycloneDX 1.6 bill of materials, and the licences of all of it in one text.

    materials.py VERSION COMMIT URL BOM LICENCES ARCHITECTURE...

URL is the project's address, empty for none; packages of other channels have it from the bill. LICENCES.txt has all texts; LICENCES.debian.txt points to those that every Debian has, as its policy (12.5) asks for.

From the lock file, the restored packages and Debian's own packages; nothing is asked of a network. The same sources and packages give the same
bytes: the date is SOURCE_DATE_EPOCH, the serial number follows from version and commit.
"""

import base64
import datetime
import json
import os
import pathlib
import subprocess
import sys
import urllib.parse
import uuid
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent / "src" / "Fairlead"
RULE = "-" * 80

# They compile and link, and nothing of theirs is in the program.
TOOLS = {"Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks"}

RUNTIMES = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}

LESSER = pathlib.Path("/usr/share/common-licenses/LGPL-2.1")

COMPILERS = {"x86_64": "gcc", "aarch64": "aarch64-linux-gnu-gcc"}

# How Debian's packages for an architecture end.
SUFFIXES = {"x86_64": "", "aarch64": "-arm64-cross"}


class Material:
    """One thing that is in the program: how the bill names it, and what its licence says."""

    def __init__(self, name, version, purl, licence, texts, sha512=None):
        self.name = name
        self.version = version
        self.purl = purl
        self.licence = licence
        self.texts = texts
        self.sha512 = sha512

    def component(self):
        component = {
            "type": "library",
            "bom-ref": self.purl,
            "name": self.name,
            "version": self.version,
            "licenses": [{"expression": self.licence}],
            "purl": self.purl,
        }
        if self.sha512:
            component["hashes"] = [{"alg": "SHA-512", "content": self.sha512}]
        return component


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8-sig"))


def nuget_packages(folder):
    """Those of the lock file that the program is linked from."""
    lock = read_json(PROJECT / "packages.lock.json")
    for name, entry in lock["dependencies"]["net10.0"].items():
        if "resolved" in entry and name not in TOOLS:
            yield nuget_package(folder, name, entry["resolved"])


def native_runtimes(assets, folder, architectures):
    """The .NET runtime of each architecture. The SDK chooses its version, and the restore has written down which."""
    framework = next(iter(assets["project"]["frameworks"].values()))
    versions = {one["name"]: one["version"].strip("[]").split(",")[0] for one in framework["downloadDependencies"]}
    for architecture in architectures:
        name = f"Microsoft.NETCore.App.Runtime.NativeAOT.{RUNTIMES[architecture]}"
        yield nuget_package(folder, name, versions[name])


def nuget_package(folder, name, version):
    place = folder / name.lower() / version
    metadata = ET.parse(place / f"{name.lower()}.nuspec").getroot()[0]

    def field(tag):
        return next((node.text or "" for node in metadata if node.tag.rpartition("}")[2] == tag), "").strip()

    licence = field("license")
    files = sorted(file for file in place.iterdir() if file.name.upper().startswith(("LICENSE", "THIRD-PARTY-NOTICES")))
    digest = base64.b64decode((place / f"{name.lower()}.{version}.nupkg.sha512").read_text())
    texts = [file.read_text(encoding="utf-8-sig").replace("\r\n", "\n") for file in files] or [licence_text(name, licence, field("copyright"))]
    return Material(name, version, purl("nuget", name, version), licence, texts, digest.hex())


def licence_text(name, licence, holder):
    """Of a package that names its licence and does not hold it."""
    if licence == "MIT":
        ours = (HERE.parent.parent / "LICENSE").read_text()
        words = ours[ours.index("Permission is hereby granted") :]
    elif (HERE / "licenses" / f"{licence}.txt").exists():
        words = (HERE / "licenses" / f"{licence}.txt").read_text()
    else:
        sys.exit(f"fairlead: {name} has the licence '{licence}', whose text is not in packaging/release/licenses")
    return f"{holder if holder.startswith(('Copyright', '©')) else 'Copyright ' + holder}\n\n{words}"


def debian_libraries(architectures):
    """The C library, and the compiler's own; each architecture's comes from another package."""
    relinking = "The program is linked with the GNU C Library. With the sources of this release it can be linked with another one."
    exception = "The exception lets a program under any licence be linked with it."
    for architecture in architectures:
        yield debian_package(f"libc6-dev{SUFFIXES[architecture]}", "LGPL-2.1-or-later", [relinking, LESSER.read_text()])
    for architecture in architectures:
        version = ask(COMPILERS[architecture], "-dumpversion")
        yield debian_package(f"libgcc-{version}-dev{SUFFIXES[architecture]}", "GPL-3.0-or-later WITH GCC-exception-3.1", [exception])


def debian_package(package, licence, texts):
    version = ask("dpkg-query", "--show", "--showformat=${Version}", package)
    return Material(package, version, purl("deb/debian", package, version), licence, texts)


def purl(kind, name, version):
    """A package URL; its version is percent-encoded."""
    return f"pkg:{kind}/{name}@{urllib.parse.quote(version, safe='')}"


def shorten(text):
    return f"Debian has the text in {LESSER}." if text == LESSER.read_text() else text


def ask(*words):
    asked = subprocess.run(words, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        sys.exit(f"fairlead: '{' '.join(words)}' failed: {asked.stderr.strip()}")
    return asked.stdout.strip()


def bill(version, commit, url, materials):
    date = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    reference = purl("generic", "fairlead", version)
    itself = {
        "type": "application",
        "bom-ref": reference,
        "name": "fairlead",
        "version": version,
        "licenses": [{"license": {"id": "MIT"}}],
        "purl": reference,
    }
    if commit:
        itself["properties"] = [{"name": "fairlead:commit", "value": commit}]
    if url:
        itself["externalReferences"] = [{"type": "website", "url": url}, {"type": "issue-tracker", "url": f"{url}/issues"}]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{reference}#{commit}')}",
        "version": 1,
        "metadata": {"timestamp": date.strftime("%Y-%m-%dT%H:%M:%SZ"), "component": itself},
        "components": [material.component() for material in materials],
        "dependencies": [
            {"ref": reference, "dependsOn": [material.purl for material in materials]},
            *({"ref": material.purl, "dependsOn": []} for material in materials),
        ],
    }


def main():
    version, commit, url, bom, licences, *architectures = sys.argv[1:]
    assets = read_json(PROJECT / "obj" / "project.assets.json")
    folder = pathlib.Path(next(iter(assets["packageFolders"])))
    materials = [*nuget_packages(folder), *native_runtimes(assets, folder, architectures), *debian_libraries(architectures)]
    pathlib.Path(bom).write_text(json.dumps(bill(version, commit, url, materials), indent=2, ensure_ascii=False) + "\n")
    write_licences(f"{licences}.txt", materials)
    for material in materials:
        material.texts = [shorten(text) for text in material.texts]
    write_licences(f"{licences}.debian.txt", materials)


def write_licences(path, materials):
    heading = "fairlead is under the MIT licence. The program holds the work of others:\n\n"
    pathlib.Path(path).write_text(heading + "\n".join(licence_sections(materials)))


def licence_sections(materials):
    """One for each licence text: a family of packages often has the same."""
    sections = {}
    for material in materials:
        sections.setdefault((material.licence, *material.texts), []).append(f"{material.name} {material.version}")
    for (licence, *texts), names in sections.items():
        yield "\n".join([RULE, *names, licence, RULE, "", *(text.strip() + "\n" for text in texts)])


main()
