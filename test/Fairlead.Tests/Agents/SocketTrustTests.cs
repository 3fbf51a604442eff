using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Agents;

/// <summary>Every reason to refuse a named socket, on a real file system.</summary>
public sealed class SocketTrustTests : IDisposable
{
    private const uint Stranger = 4242;
    private const uint Sticky = 0x3ff; // 1777

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Our_socket_in_our_folder_is_trusted()
    {
        folder.Bind("agent");
        Assert.Null(Examine("agent", out string resolved));
        Assert.Equal(folder["agent"], resolved);
    }

    [Fact]
    public void A_folder_of_somebody_else_is_refused()
    {
        folder.Make("theirs");
        folder.Bind("theirs/agent");
        Ownership.Give(folder["theirs"], Stranger);
        Assert.Equal(Refusal.FolderOfAnotherUser, Examine("theirs/agent"));
    }

    [Theory]
    [InlineData(0x1f8u)] // 0770
    [InlineData(0x1c2u)] // 0702
    [InlineData(Sticky)]
    public void A_folder_that_others_may_write_to_is_refused(uint mode)
    {
        folder.Make("open", mode);
        folder.Bind("open/agent");
        Assert.Equal(Refusal.FolderWritableByOthers, Examine("open/agent"));
    }

    [Fact]
    public void A_socket_of_somebody_else_is_refused()
    {
        Ownership.Give(folder.Bind("agent"), Stranger);
        Assert.Equal(Refusal.SocketOfAnotherUser, Examine("agent"));
    }

    [Fact]
    public void What_is_no_socket_or_not_there_is_refused()
    {
        File.WriteAllText(folder["file"], "");
        Assert.Equal(Refusal.NotASocket, Examine("file"));
        Assert.Equal(Refusal.NotASocket, Examine("nothing"));
        Assert.Equal(Refusal.NotASocket, Examine("no folder/agent"));
        Assert.Equal(Refusal.NotASocket, SocketTrust.Examine("/", CurrentProcess.Uid, out _, out _));
    }

    [Fact]
    public void Our_own_link_is_followed_and_the_place_it_leads_to_examined()
    {
        folder.Make("real");
        folder.Bind("real/agent");
        File.CreateSymbolicLink(folder["absolute"], folder["real/agent"]);
        File.CreateSymbolicLink(folder["relative"], "real/agent");
        Assert.Null(Examine("absolute", out string resolved));
        Assert.Equal(folder["real/agent"], resolved);
        Assert.Null(Examine("relative", out resolved));
        Assert.Equal(folder["real/agent"], resolved);

        Ownership.Give(folder["real"], Stranger);
        Assert.Equal(Refusal.FolderOfAnotherUser, Examine("absolute"));
    }

    [Fact]
    public void A_link_in_a_sticky_folder_is_refused_wherever_it_leads()
    {
        folder.Bind("agent");
        folder.Make("tmp", Sticky);
        File.CreateSymbolicLink(folder["tmp/link"], folder["agent"]);
        Assert.Equal(Refusal.LinkInStickyFolder, Examine("tmp/link"));
    }

    [Fact]
    public void A_link_in_a_folder_that_others_may_write_to_is_refused()
    {
        folder.Bind("agent");
        folder.Make("open", 0x1ff); // 0777
        File.CreateSymbolicLink(folder["open/link"], folder["agent"]);
        Assert.Equal(Refusal.FolderWritableByOthers, Examine("open/link"));
    }

    [Fact]
    public void A_link_in_a_folder_of_somebody_else_is_refused()
    {
        folder.Bind("agent");
        folder.Make("theirs");
        File.CreateSymbolicLink(folder["theirs/link"], folder["agent"]);
        Ownership.Give(folder["theirs"], Stranger);
        Assert.Equal(Refusal.FolderOfAnotherUser, Examine("theirs/link"));
    }

    [Fact]
    public void A_folder_may_be_a_link_where_only_its_owner_can_make_one()
    {
        folder.Make("real");
        folder.Bind("real/agent");
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);
        Assert.Null(Examine("link/agent"));
    }

    [Fact]
    public void A_folder_that_is_a_link_where_anybody_can_make_one_is_refused()
    {
        folder.Make("real");
        folder.Bind("real/agent");
        folder.Make("tmp");
        File.SetUnixFileMode(folder["tmp"], (UnixFileMode)0x3FF);
        Directory.CreateSymbolicLink(folder["tmp/link"], folder["real"]);
        Assert.Equal(Refusal.LinkInStickyFolder, Examine("tmp/link/agent"));
    }

    [Fact]
    public void Links_that_go_round_or_lead_nowhere_are_no_socket()
    {
        File.CreateSymbolicLink(folder["a"], folder["b"]);
        File.CreateSymbolicLink(folder["b"], folder["a"]);
        File.CreateSymbolicLink(folder["dangling"], folder["gone/agent"]);
        Assert.Equal(Refusal.NotASocket, Examine("a"));
        Assert.Equal(Refusal.NotASocket, Examine("dangling"));
    }

    [Fact]
    public void Every_refusal_has_words()
        => Assert.All(Enum.GetValues<Refusal>(), refusal => Assert.NotEmpty(refusal.Describe()));

    private Refusal? Examine(string name) => Examine(name, out _);

    private Refusal? Examine(string name, out string resolved) =>
        SocketTrust.Examine(folder[name], CurrentProcess.Uid, out resolved, out _);
}
