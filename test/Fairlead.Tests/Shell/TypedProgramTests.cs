using System.Runtime.InteropServices;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class TypedProgramTests
{
    private static readonly string Own = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";

    [Fact]
    public void In_a_home_of_several_architectures_it_is_what_begins_the_right_one()
    {
        using var folder = new TempFolder();
        string program = folder[$"fairlead-linux-{Own}"];

        Assert.Equal(program, TypedProgram.Of(program, null)); // there is nothing else beside it

        File.WriteAllText(folder["fairlead"], "#!/bin/sh\n");
        Assert.Equal(folder["fairlead"], TypedProgram.Of(program, null));
        Assert.Equal(folder["fairlead-linux-vax"], TypedProgram.Of(folder["fairlead-linux-vax"], folder.Path));
        Assert.Equal(folder["fl"], TypedProgram.Of(folder["fl"], null));
    }

    [Theory]
    [InlineData("tools", "fairlead")]
    [InlineData("none", "~/tools/fairlead")]
    [InlineData(null, "~/tools/fairlead")]
    public void A_person_types_the_name_where_the_PATH_finds_it(string? path, string typed)
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Join(folder.Make("tools"), "fairlead"), "");

        Assert.Equal(typed, TypedProgram.TypedIn(folder["tools/fairlead"], path is null ? null : folder[path], folder.Path));
    }

    /// <summary>`dotnet tool` has a folder for each version below .store, and the former one goes with an update. Nix has a link to a folder.</summary>
    [Fact]
    public void Where_a_link_in_the_PATH_leads_to_this_program_the_link_is_named()
    {
        using var folder = new TempFolder();
        string own = Path.Join(folder.Make(".store/fairlead/0.1.0/tools"), "fairlead");
        File.WriteAllText(own, "");
        File.WriteAllText(Path.Join(folder.Make("npm"), "fairlead"), ""); // a script, say
        File.CreateSymbolicLink(Path.Join(folder.Make("tools"), "fairlead"), own);
        Directory.CreateSymbolicLink(folder["profile"], Path.GetDirectoryName(own)!);

        Assert.Equal(own, TypedProgram.Of(own, null));
        Assert.Equal(own, TypedProgram.Of(own, $"/nowhere:{folder["npm"]}:"));
        Assert.Equal(folder["tools/fairlead"], TypedProgram.Of(own, $"/nowhere:{folder["npm"]}:{folder["tools"]}:{folder["profile"]}"));
        Assert.Equal(folder["profile/fairlead"], TypedProgram.Of(own, folder["profile"]));
        Assert.Equal(own, TypedProgram.Of(own, $"{folder["tools"]}:{Path.GetDirectoryName(own)}")); // it is found there itself
    }
}
