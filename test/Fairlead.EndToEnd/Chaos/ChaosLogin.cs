using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>
/// A login as real processes: a session process that listens for its agent, and a shell below it that connects to fairlead. What agent and
/// clients say is up to the test, which shares their sockets.
/// </summary>
internal sealed class ChaosLogin : IAsyncDisposable
{
    private const string Script = """
        $| = 1; umask 0077;
        my ($title, $path, $backlog, $far) = @ARGV;
        my ($folder) = $path =~ m{^(.*)/};
        mkdir $folder; unlink $path;
        socket(S, AF_UNIX, SOCK_STREAM, 0); bind(S, pack_sockaddr_un($path)) or die; listen(S, $backlog) or die;
        $0 = $title;
        my $shell = fork;
        if ($shell) { print "listens $$ ", fileno(S), "\n"; close STDIN; waitpid $shell, 0; exit }
        close S;
        $0 = '-bash';
        while (<STDIN>) {
            socket(C, AF_UNIX, SOCK_STREAM, 0); connect(C, pack_sockaddr_un($far)) or die;
            print "connected $$ ", fileno(C), "\n";
            <STDIN>;
            close C;
        }
        """;

    private readonly SemaphoreSlim turn = new(1);
    private readonly Process process;

    private ChaosLogin(Process process) => this.process = process;

    /// <summary>What the session process listens with.</summary>
    public Socket Listener { get; private set; } = null!;

    /// <param name="path">Where its agent listens, in a folder that exists.</param>
    /// <param name="fairlead">Fairlead's socket.</param>
    public static async Task<ChaosLogin> Start(Account person, string path, int backlog, string fairlead)
    {
        string room = backlog.ToString(CultureInfo.InvariantCulture);
        Invocation command = Invocation.Of("perl", "-MSocket", "-e", Script, $"sshd: {person.Name}@notty", path, room, fairlead).As(person);
        var login = new ChaosLogin(Process.Start(new ProcessStartInfo(command.Words[0], command.Words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        login.Listener = new(await login.Hear() ?? throw new InvalidOperationException($"no login listens at {path}"));
        return login;
    }

    /// <summary>A client in the login's shell; null when the login has ended meanwhile.</summary>
    public async Task<RawClient?> Connect()
    {
        await turn.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync("connect");
            if (await Hear() is not SafeSocketHandle connected)
            {
                return null;
            }
            var client = new RawClient(connected);
            await process.StandardInput.WriteLineAsync("taken");
            return client;
        }
        catch (Exception ended) when (ended is IOException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Both processes end; who talks to the shell at this moment is let finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        Listener?.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>The socket that it tells of next; null at its end.</summary>
    private async Task<SafeSocketHandle?> Hear()
    {
        string? line = await process.StandardOutput.ReadLineAsync().InTime(() => Task.FromResult("a login says nothing"));
        if (line?.Split(' ') is not [_, string id, string number])
        {
            return null;
        }
        using ProcessHandle? speaker = ProcessHandle.Open(int.Parse(id, CultureInfo.InvariantCulture));
        return speaker?.ShareSocket(int.Parse(number, CultureInfo.InvariantCulture));
    }
}
