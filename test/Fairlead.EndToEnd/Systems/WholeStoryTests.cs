using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Systems;

/// <summary>
/// What fairlead is for, with the programs of the machine that this runs on. <c>./test.sh</c> plays it a second time with the program for arm64
/// (<c>on-arm64.py</c>), and <c>test/systems.sh</c> in other Debians.
/// </summary>
public class WholeStoryTests
{
    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task A_person_gets_through_it(MultiplexerKind multiplexer)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);

        await WholeStory.Play(stage, multiplexer);
    }
}
