namespace Fairlead.Tests;

/// <summary>Tests that count or take away what the whole process shares run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "the whole process";
}
