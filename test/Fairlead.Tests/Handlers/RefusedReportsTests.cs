using System.Text.Json;
using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Handlers;

namespace Fairlead.Tests.Handlers;

public sealed class RefusedReportsTests
{
    private static readonly RefusedSocket Agent = new("/tmp/ssh-XXXXzLUSs7/agent.99", Refusal.FolderWritableByOthers);

    /// <summary>As <c>status --json</c> and <c>why --json</c> print it.</summary>
    [Fact]
    public void A_code_that_nobody_asks_for_is_not_told() => Assert.Equal(
        """{"socket":"/tmp/ssh-XXXXzLUSs7/agent.99","reason":"others may write to its folder"}""",
        JsonSerializer.Serialize(Assert.Single(RefusedReports.Of([Agent], [])), ControlJson.Default.RefusedReport));

    [Fact]
    public void The_code_is_the_name_of_the_refusal() =>
        Assert.Equal(nameof(Refusal.FolderWritableByOthers), Assert.Single(RefusedReports.Of([Agent], [], withCodes: true)).Code);

    [Fact]
    public void A_socket_that_is_refused_twice_is_told_with_the_reason_that_can_be_mended() =>
        Assert.Equal(nameof(Refusal.FolderWritableByOthers), Assert.Single(
            RefusedReports.Of([Agent], [Agent with { Reason = Refusal.TakenByAnotherUser }], withCodes: true)).Code);
}
