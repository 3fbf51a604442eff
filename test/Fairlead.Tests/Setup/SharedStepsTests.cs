using Fairlead.Core.Linux.Interop;
using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

/// <summary>Which manual pages and completions are written, replaced, removed, or somebody else's.</summary>
public sealed class SharedStepsTests
{
    private const string Share = $"{SetupScene.Home}/.local/share";
    private const string Page = $"{Share}/man/man1/fairlead.1";
    private const string Gone = $"{Share}/man/man1/fairlead-gone.1";
    private const string Bash = $"{Share}/bash-completion/completions/fairlead";

    private static readonly string Sealed = Seal.Put("new\n", ".\\\"");
    private static readonly SharedFile[] Wanted = [new(Page, Sealed), new(Bash, Seal.Put("new\n", "#"))];

    [Fact]
    public void All_that_is_missing_is_written_and_the_pages_are_named_together()
    {
        SetupSection section = SharedSteps.Add(With());

        Assert.Equal([$"{Share}/man: 1 page", Bash], section.Steps.SelectMany(step => step.Lines));
        Assert.Equal([Page], section.Steps[0].Parts.Select(part => part.Path));
    }

    [Fact]
    public void What_is_there_already_is_not_written_again() =>
        Assert.All(SharedSteps.Add(With((Page, Sealed), (Bash, Wanted[1].Text))).Steps, step => Assert.Equal(SetupAction.Nothing, step.Action));

    [Fact]
    public void An_older_version_s_is_replaced_and_the_page_of_a_command_that_is_gone_goes()
    {
        SetupStep pages = SharedSteps.Add(With((Page, Seal.Put("old\n", ".\\\"")), (Gone, Seal.Put("old\n", ".\\\"")), (Bash, Wanted[1].Text))).Steps[0];

        Assert.Equal([(SetupAction.Write, Page), (SetupAction.Remove, Gone)], pages.Parts.Select(part => (part.Action, part.Path)));
    }

    /// <summary>install.sh copied them without a seal.</summary>
    [Theory]
    [InlineData(".Dd November 22, 2026\n.Dt FAIRLEAD 1\n", Page)]
    [InlineData("# shellcheck shell=bash\n# bash's completion for fairlead, made from its command tree.\n", Bash)]
    public void So_is_what_install_sh_made_up_to_0_1(string text, string path)
    {
        Assert.Contains(Flat(SharedSteps.Add(With((path, text)))), step => step.Path == path && step is { Action: SetupAction.Write, Before: not null });
        Assert.Contains(Flat(SharedSteps.Remove(With((path, text)))), step => step.Path == path && step.Action == SetupAction.Remove);
    }

    [Fact]
    public void What_a_person_has_changed_or_made_stays_and_is_named()
    {
        SetupFacts facts = With((Page, Sealed.Replace("new", "mine", StringComparison.Ordinal)), (Bash, "mine\n"));
        string[] said = [$"{Page} has been changed since setup made it; left unchanged", $"{Bash} was not made by setup; left unchanged"];

        Assert.Equal(said, SharedSteps.Add(facts).Steps.SelectMany(step => step.Lines));
        Assert.Equal(said, SharedSteps.Remove(facts).Steps.SelectMany(step => step.Lines));
        Assert.All(SharedSteps.Remove(facts).Steps, step => Assert.Equal(SetupAction.Nothing, step.Action));
    }

    /// <summary>Somebody keeps their files elsewhere; nothing is written through it.</summary>
    [Fact]
    public void A_link_is_somebody_s_own() =>
        Assert.All(
            SharedSteps.Add(With() with { Files = new Dictionary<string, RcText> { [Page] = new(Sealed, IsLink: true), [Bash] = new("", IsLink: true) } }).Steps,
            step => Assert.Equal(SetupAction.Nothing, step.Action));

    [Fact]
    public void What_cannot_be_read_is_a_problem() =>
        Assert.Contains(
            SharedSteps.Add(With() with { Files = new Dictionary<string, RcText> { [Page] = new(null, -Errno.EACCES) } }).Steps,
            step => step.Problem?.Message == $"{Page} cannot be read: permission denied");

    /// <summary>A package has its own.</summary>
    [Fact]
    public void A_program_outside_the_home_has_its_own_which_those_of_a_former_one_would_hide()
    {
        SetupFacts facts = With((Page, Sealed)) with { ProgramIsInHome = false };

        Assert.Equal([(SetupAction.Remove, Page)], Flat(SharedSteps.Add(facts)).Where(step => step.Parts.Count == 0).Select(step => (step.Action, step.Path)));
        Assert.Equal([(SetupAction.Remove, Page)], Flat(SharedSteps.Remove(facts)).Where(step => step.Parts.Count == 0).Select(step => (step.Action, step.Path)));
        Assert.Empty(SharedSteps.Add(With() with { ProgramIsInHome = false }).Steps);
    }

    private static IEnumerable<SetupStep> Flat(SetupSection section) => section.Steps.SelectMany(step => step.Parts.Append(step));

    private static SetupFacts With(params (string Path, string Text)[] files) => SetupScene.Facts with
    {
        ProgramIsInHome = true,
        Shared = Wanted,
        KnownShared = [Page, Gone, Bash],
        Files = files.ToDictionary(file => file.Path, file => new RcText(file.Text)),
    };
}
