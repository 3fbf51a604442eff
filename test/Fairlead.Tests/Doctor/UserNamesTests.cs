using Fairlead.Doctor;

namespace Fairlead.Tests.Doctor;

public sealed class UserNamesTests
{
    private static readonly string[] Passwd = ["# local", "root:x:0:0:root:/root:/bin/bash", "al:x:1000:1000::/home/al:/bin/bash", ""];

    /// <summary>su keeps the variables of the person who typed it.</summary>
    [Theory]
    [InlineData(1000u, "al", "al")]
    [InlineData(0u, "al", "root al")]
    [InlineData(1001u, "bo", "bo")]
    [InlineData(1001u, null, "")]
    public void The_name_of_the_uid_comes_before_those_of_the_variables(uint uid, string? variable, string names) =>
        Assert.Equal(names, string.Join(' ', UserNames.Of(uid, Passwd, name => name is "USER" or "LOGNAME" ? variable : null)));
}
