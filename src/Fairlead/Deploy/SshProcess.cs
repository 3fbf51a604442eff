using System.Collections;
using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Settings;

namespace Fairlead.Deploy;

/// <summary>An ssh that runs with the person's own environment: its input and output on the loop, and what it complains of.</summary>
internal sealed class SshProcess : IDisposable
{
    /// <summary>Bytes kept of what it says on standard error; more is read, and dropped.</summary>
    private const int MaxComplaint = 8192;

    /// <summary>Where the kernel cannot tell of its end (before Linux 5.3).</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>For ssh to end in when it is asked to. One whose connection takes nothing more does not: it waits to say goodbye (clientloop.c).</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    private readonly EventLoop loop;
    private readonly int pid;
    private readonly LoopDescriptor input;
    private readonly LoopDescriptor output;
    private readonly LoopDescriptor error;
    private readonly Action<string>? complained;
    private readonly LoopEvent end = new();
    private readonly StringBuilder complaint = new();
    private ProcessEnd? watch;
    private LoopTimer? kill;

    private SshProcess(EventLoop loop, int pid, LoopDescriptor input, LoopDescriptor output, LoopDescriptor error, Action<string>? complained)
    {
        this.loop = loop;
        this.pid = pid;
        this.input = input;
        this.output = output;
        this.error = error;
        this.complained = complained;
        error.Readable = ReadComplaint;
    }

    /// <summary>What it, or the other host, has said on standard error until now.</summary>
    public string Complaint => complaint.ToString();

    /// <summary>What it ended with, 255 for a failure of its own (ssh(1)); -1 before that, and when a signal ended it.</summary>
    public int ExitStatus { get; private set; } = -1;

    public bool HasEnded => end.HasHappened;

    /// <param name="arguments">Its name first.</param>
    /// <param name="ownSession">It has no terminal: it cannot ask, and Ctrl-C is not for it.</param>
    /// <param name="complained">Gets what it says on standard error, as it comes.</param>
    /// <returns>Null when it cannot be started; then the error is minus errno.</returns>
    public static unsafe SshProcess? Start(EventLoop loop, string[] arguments, bool ownSession, Action<string>? complained, out int result)
    {
        int* pipes = stackalloc int[6];
        for (int i = 0; i < 6; i++)
        {
            pipes[i] = -1;
        }

        result = 0;
        for (int i = 0; i < 6 && result == 0; i += 2)
        {
            result = LibC.Result(LibC.pipe2(pipes + i, LibC.O_CLOEXEC));
        }

        int pid = result < 0 ? result : Spawn(arguments, ownSession, pipes[0], pipes[3], pipes[5]);
        foreach (int theirs in (ReadOnlySpan<int>)[pipes[0], pipes[3], pipes[5]])
        {
            Descriptor.Close(theirs);
        }

        if (pid < 0)
        {
            result = pid;
            foreach (int ours in (ReadOnlySpan<int>)[pipes[1], pipes[2], pipes[4]])
            {
                Descriptor.Close(ours);
            }

            return null;
        }

        var ssh = new SshProcess(loop, pid, Watch(loop, pipes[1]), Watch(loop, pipes[2]), Watch(loop, pipes[4]), complained);
        ssh.watch = ProcessEnd.Watch(loop, pid, ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Started : 0, ssh.NoteEnd, LookInterval);
        return ssh;
    }

    /// <summary>How many bytes came, 0 at the end of its output, which its own end is, too: a master that it has left behind may hold the pipe.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        while (true)
        {
            int read = Descriptor.ReadOnce(output.Number, buffer.Span);
            if (read != -Errno.EAGAIN && read != -Errno.EINTR)
            {
                return Math.Max(read, 0);
            }

            if (HasEnded || await output.WaitReadableAsync() == Wake.Closed)
            {
                return Math.Max(Descriptor.ReadOnce(output.Number, buffer.Span), 0);
            }
        }
    }

    /// <summary>Sends all of it, and tells of each part that was taken.</summary>
    /// <returns>Whether all of it was taken.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, Action? taken = null)
    {
        while (bytes.Length > 0 && !HasEnded)
        {
            int written = Descriptor.Write(input.Number, bytes.Span);
            if (written > 0)
            {
                bytes = bytes[written..];
                taken?.Invoke();
            }
            else if (written == -Errno.EAGAIN)
            {
                _ = await input.WaitWritableAsync();
            }
            else if (written != -Errno.EINTR)
            {
                return false;
            }
        }

        return bytes.Length == 0;
    }

    /// <summary>Nothing more comes: the script there sees the end of its input.</summary>
    public void EndInput() => input.Dispose();

    /// <summary>Ends it, after a second without asking. What its host has not got whole by then has no effect there.</summary>
    public void Stop()
    {
        if (!HasEnded && kill is null)
        {
            _ = LibC.kill(pid, LibC.SIGTERM);
            kill = loop.Schedule(EndTimeout, () => _ = LibC.kill(pid, LibC.SIGKILL));
        }
    }

    public ValueTask WaitForEndAsync() => end.WaitAsync();

    /// <summary>Closes its streams; it is to have ended by then.</summary>
    public void Dispose()
    {
        watch?.Dispose();
        input.Dispose();
        output.Dispose();
        error.Dispose();
    }

    private static int Spawn(string[] arguments, bool ownSession, int input, int output, int error)
    {
        string[] environment =
        [
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}"),
        ];
        int result = PassedDescriptors.TryCopy([input, output, error], out PassedDescriptors? passed);
        using (passed)
        {
            return result < 0 ? result : ChildProcess.Start("/usr/bin/env", ["env", .. arguments], environment, passed!, ownSession, Environment.CurrentDirectory);
        }
    }

    private static LoopDescriptor Watch(EventLoop loop, int descriptor)
    {
        _ = LibC.fcntl(descriptor, LibC.F_SETFL, LibC.O_NONBLOCK);
        return loop.Watch(descriptor);
    }

    private void ReadComplaint()
    {
        Span<byte> buffer = stackalloc byte[1024];
        int read;
        while ((read = Descriptor.ReadOnce(error.Number, buffer)) > 0)
        {
            string text = Encoding.UTF8.GetString(buffer[..read]);
            complained?.Invoke(text);
            complaint.Append(text.AsSpan(0, Math.Min(text.Length, MaxComplaint - complaint.Length)));
        }
    }

    private void NoteEnd()
    {
        kill?.Dispose();
        ExitStatus = ChildProcess.ExitStatusOf(pid);
        ReadComplaint();
        end.Happen();
        output.Cancel(Wake.Closed);
        input.Cancel(Wake.Closed);
    }
}
