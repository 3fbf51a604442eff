using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

public sealed class EditorProgramTests
{
    [Theory]
    [InlineData("emacs -nw", "nano", "emacs -nw")]
    [InlineData(null, "code --wait", "code --wait")]
    public void The_person_s_variables_say_which_one(string? visual, string? editor, string found) =>
        Assert.Equal(found, EditorProgram.Find(name => name == "VISUAL" ? visual : name == "EDITOR" ? editor : null));

    [Theory]
    [InlineData("sed -i s/mine/yours/", 0, "yours\n")]
    [InlineData("sh -c 'echo more >>\"$1\"' sh", 0, "mine\nmore\n")]
    [InlineData("sh -c 'exit 3'", 3, "mine\n")]
    [InlineData("no-such-editor 2>/dev/null", 127, "mine\n")]
    public void It_is_a_command_of_sh_which_gets_the_file(string editor, int status, string text)
    {
        using var folder = new TempFolder();
        string file = folder["it's a file"];
        File.WriteAllText(file, "mine\n");

        Assert.Equal(status, EditorProgram.Run(editor, file));
        Assert.Equal(text, File.ReadAllText(file));
    }
}
