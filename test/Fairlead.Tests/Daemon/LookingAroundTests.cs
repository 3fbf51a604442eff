using Fairlead.Daemon;
using Fairlead.Handlers;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Daemon;

/// <summary>After which commands the daemon reads all processes.</summary>
public sealed class LookingAroundTests : IDisposable
{
    private const string All = "all";
    private const string Multiplexers = "multiplexers";

    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly LookingAround looking;
    private readonly List<string> looks = [];

    public LookingAroundTests()
    {
        thread = new LoopThread(time);
        looking = new LookingAround(thread.Loop, () => looks.Add(All), () => looks.Add(Multiplexers));
    }

    [Fact]
    public async Task After_the_first_command_it_looks_for_logins_whatever_was_asked()
    {
        await NoteAsync(1, ClientRequests.Reports);
        Assert.Equal([All], looks);
    }

    [Fact]
    public async Task A_further_report_has_no_process_read()
    {
        await NoteAsync(1, ClientRequests.Reports);
        await NoteAsync(2, ClientRequests.Reports);
        Assert.Equal([All, Multiplexers], looks);
    }

    [Theory]
    [InlineData(nameof(ClientRequests.None))] // init, where the login has no agent
    [InlineData(nameof(ClientRequests.Others))]
    [InlineData("Reports, Others")]
    public async Task Any_other_command_may_be_a_new_login(string asked)
    {
        await NoteAsync(1, ClientRequests.Reports);
        await NoteAsync(2, Enum.Parse<ClientRequests>(asked));
        Assert.Equal([All, All], looks);
    }

    /// <summary>As status does.</summary>
    [Fact]
    public async Task A_command_that_connects_again_after_its_report_is_no_login()
    {
        await NoteAsync(1, ClientRequests.None);
        await NoteAsync(2, ClientRequests.Reports);
        await NoteAsync(2, ClientRequests.None);
        await NoteAsync(2, ClientRequests.Others);
        Assert.Equal([All, Multiplexers, Multiplexers, All], looks);
    }

    /// <summary>Its pid is another process's by then.</summary>
    [Fact]
    public async Task After_a_second_it_is_another_command()
    {
        await NoteAsync(1, ClientRequests.Reports);
        time.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync(1, ClientRequests.None);
        Assert.Equal([All, All], looks);
    }

    public void Dispose() => thread.Dispose();

    /// <summary>Long enough after the one before that it need not wait for its turn.</summary>
    private Task NoteAsync(int pid, ClientRequests asked)
    {
        time.Advance(TimeSpan.FromMilliseconds(100));
        return thread.RunAsync(() => looking.Note(new ServedClient(new ControlAccess(IsOutside: true, HasEnded: false), pid, asked)));
    }
}
