using System.Collections.Concurrent;
using System.Threading.Channels;
using Fairlead.Core.Linux;

namespace Fairlead.Tests.Linux;

public sealed class InotifyTests : IDisposable
{
    private const uint Names = LibC.IN_CREATE | LibC.IN_DELETE;

    private readonly LoopThread thread = new();
    private readonly TempFolder folder = new();
    private readonly Channel<(uint Mask, string Name)> events = Channel.CreateUnbounded<(uint, string)>();

    public void Dispose()
    {
        thread.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_happens_in_a_folder_is_told_by_name_and_in_order()
    {
        using Inotify inotify = await WatchAsync(folder.Path);
        string longest = new('n', 255);
        File.WriteAllText(folder["short"], "");
        File.WriteAllText(folder[longest], "");
        File.Delete(folder["short"]);

        Assert.Equal((LibC.IN_CREATE, "short"), await NextAsync());
        Assert.Equal((LibC.IN_CREATE, longest), await NextAsync());
        Assert.Equal((LibC.IN_DELETE, "short"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task More_events_than_fit_into_one_read_all_come()
    {
        using Inotify inotify = await WatchAsync(folder.Path);
        await thread.RunAsync(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                File.WriteAllText(folder[$"file-{i:d100}"], "");
            }
        });
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal((LibC.IN_CREATE, $"file-{i:d100}"), await NextAsync());
        }

        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task The_end_of_the_watched_folder_is_told()
    {
        folder.Make("gone");
        using Inotify inotify = await WatchAsync(folder["gone"]);
        Directory.Delete(folder["gone"]);
        Assert.Equal((LibC.IN_IGNORED, ""), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task After_unwatching_nothing_is_told_not_even_what_was_on_its_way()
    {
        folder.Make("other");
        int watch = 0;
        using Inotify inotify = await thread.RunAsync(() =>
        {
            var created = new Inotify(thread.Loop);
            watch = created.Watch(folder.Path, Names, Note);
            created.Watch(folder["other"], Names, Note);
            return created;
        });
        await thread.RunAsync(() =>
        {
            File.WriteAllText(folder["on its way"], "");
            inotify.Unwatch(watch);
            File.WriteAllText(folder["other/told"], "");
        });
        Assert.Equal((LibC.IN_CREATE, "told"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task What_cannot_be_watched_is_said()
    {
        using Inotify inotify = await WatchAsync(folder.Path);
        File.WriteAllText(folder["file"], "");
        int file = await thread.RunAsync(() => inotify.Watch(folder["file"], Names | LibC.IN_ONLYDIR, Note));
        int nothing = await thread.RunAsync(() => inotify.Watch(folder["nothing"], Names, Note));
        Assert.Equal((-Errno.ENOTDIR, -Errno.ENOENT), (file, nothing));
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task A_fault_in_a_callback_costs_no_other_event()
    {
        var seen = new ConcurrentQueue<string>();
        using Inotify inotify = await thread.RunAsync(() => new Inotify(thread.Loop));
        await thread.RunAsync(() => inotify.Watch(folder.Path, Names, (mask, name) =>
        {
            if (name == "bad")
            {
                throw new InvalidOperationException(name);
            }

            Note(mask, name);
        }));
        await thread.RunAsync(() =>
        {
            File.WriteAllText(folder["bad"], "");
            File.WriteAllText(folder["good"], "");
        });
        Assert.Equal((LibC.IN_CREATE, "good"), await NextAsync());
        Assert.Equal("bad", Assert.Single(thread.Faults).Message);
        await thread.RunAsync(inotify.Dispose);
    }

    private void Note(uint mask, string name) => events.Writer.TryWrite((mask, name));

    private Task<(uint Mask, string Name)> NextAsync() => events.Reader.ReadAsync().AsTask().InTime();

    private Task<Inotify> WatchAsync(string path) => thread.RunAsync(() =>
    {
        var inotify = new Inotify(thread.Loop);
        Assert.True(inotify.Watch(path, Names, Note) >= 0);
        return inotify;
    });
}
