using System.Collections.Concurrent;
using System.Threading.Channels;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests.Linux.Loop;

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

    [Fact]
    public async Task Two_watches_of_one_folder_are_each_told_what_they_asked_for()
    {
        using Inotify inotify = await WatchAsync(folder.Path);
        await thread.RunAsync(() => inotify.Watch(folder.Path, LibC.IN_DELETE, Tell("second")));
        File.WriteAllText(folder["file"], "");
        File.Delete(folder["file"]);
        Assert.Equal((LibC.IN_CREATE, "file"), await NextAsync());
        Assert.Equal((LibC.IN_DELETE, "file"), await NextAsync());
        Assert.Equal((LibC.IN_DELETE, "second"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task Unwatching_one_of_two_leaves_the_other()
    {
        using Inotify inotify = await WatchAsync(folder.Path);
        int second = await thread.RunAsync(() => inotify.Watch(folder.Path, LibC.IN_DELETE | LibC.IN_ATTRIB, Tell("second")));
        await thread.RunAsync(() => inotify.Unwatch(second));
        File.WriteAllText(folder["file"], "");
        File.Delete(folder["file"]);
        Assert.Equal((LibC.IN_CREATE, "file"), await NextAsync());
        Assert.Equal((LibC.IN_DELETE, "file"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
        Assert.False(events.Reader.TryRead(out _));
    }

    [Fact]
    public async Task The_end_of_a_file_is_told_to_all_who_watch_it()
    {
        folder.Make("gone");
        using Inotify inotify = await WatchAsync(folder["gone"]);
        await thread.RunAsync(() => inotify.Watch(folder["gone"], LibC.IN_ATTRIB, Tell("second")));
        Directory.Delete(folder["gone"]);
        Assert.Equal((LibC.IN_IGNORED, ""), await NextAsync());
        Assert.Equal((LibC.IN_IGNORED, "second"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task A_one_shot_watch_tells_one_event_and_no_end()
    {
        using Inotify inotify = await WatchAsync(folder.Path, LibC.IN_CREATE | LibC.IN_ONESHOT);
        File.WriteAllText(folder["first"], "");
        Assert.Equal((LibC.IN_CREATE, "first"), await NextAsync());
        File.WriteAllText(folder["second"], "");
        await thread.RunAsync(() => inotify.Watch(folder.Path, LibC.IN_CREATE | LibC.IN_ONESHOT, Note));
        File.WriteAllText(folder["third"], "");
        Assert.Equal((LibC.IN_CREATE, "third"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
        Assert.False(events.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_one_shot_watch_ends_without_the_other_watch_of_its_folder()
    {
        using Inotify inotify = await WatchAsync(folder.Path, LibC.IN_CREATE);
        await thread.RunAsync(() => inotify.Watch(folder.Path, LibC.IN_CREATE | LibC.IN_ONESHOT, Tell("once")));
        File.WriteAllText(folder["first"], "");
        File.WriteAllText(folder["second"], "");
        Assert.Equal((LibC.IN_CREATE, "first"), await NextAsync());
        Assert.Equal((LibC.IN_CREATE, "once"), await NextAsync());
        Assert.Equal((LibC.IN_CREATE, "second"), await NextAsync());
        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task A_one_shot_watch_that_is_left_alone_ends_with_its_event()
    {
        using Inotify inotify = await WatchAsync(folder.Path, LibC.IN_CREATE | LibC.IN_ONESHOT);
        int other = await thread.RunAsync(() => inotify.Watch(folder.Path, LibC.IN_DELETE, Tell("other")));
        await thread.RunAsync(() => inotify.Unwatch(other));
        File.WriteAllText(folder["first"], "");
        Assert.Equal((LibC.IN_CREATE, "first"), await NextAsync());
        File.WriteAllText(folder["second"], "");
        await thread.RunAsync(inotify.Dispose);
        Assert.False(events.Reader.TryRead(out _));
    }

    [Fact]
    public async Task What_is_watched_again_while_its_event_is_told_is_watched()
    {
        using Inotify inotify = await thread.RunAsync(() => new Inotify(thread.Loop));
        await thread.RunAsync(() => WatchOnceMore(inotify));
        for (int i = 0; i < 100; i++)
        {
            File.WriteAllText(folder[$"file-{i}"], "");
            Assert.Equal((LibC.IN_CREATE, $"file-{i}"), await NextAsync());
        }

        await thread.RunAsync(inotify.Dispose);
    }

    [Fact]
    public async Task What_has_happened_can_be_told_at_once()
    {
        using Inotify inotify = await WatchAsync(folder.Path);
        bool told = await thread.RunAsync(() =>
        {
            File.WriteAllText(folder["file"], "");
            inotify.TellPending();
            return events.Reader.TryRead(out _);
        });
        Assert.True(told);
        await thread.RunAsync(inotify.Dispose);
    }

    private void WatchOnceMore(Inotify inotify) => inotify.Watch(folder.Path, LibC.IN_CREATE | LibC.IN_ONESHOT, (mask, name) =>
    {
        WatchOnceMore(inotify);
        Note(mask, name);
    });

    private Action<uint, string> Tell(string who) => (mask, _) => Note(mask, who);

    private void Note(uint mask, string name) => events.Writer.TryWrite((mask, name));

    private Task<(uint Mask, string Name)> NextAsync() => events.Reader.ReadAsync().AsTask().InTime();

    private Task<Inotify> WatchAsync(string path, uint mask = Names) => thread.RunAsync(() =>
    {
        var inotify = new Inotify(thread.Loop);
        Assert.True(inotify.Watch(path, mask, Note) > 0);
        return inotify;
    });
}
