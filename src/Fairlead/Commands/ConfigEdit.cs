using System.Text;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead config edit</c>: the editor writes the file itself, so whatever is wrong with it, no word of the person's is lost.</summary>
internal static class ConfigEdit
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        if (ConfigurationFile.PathIn(context.Around) is not { } path)
        {
            return new Failure(ExitCode.Failed, "neither HOME nor XDG_CONFIG_HOME is set", "log in as yourself").WriteTo(error);
        }

        if (context.HomeIsForeign)
        {
            return DaemonFailure.ForeignHome(ExitCode.Failed).WriteTo(error);
        }

        if (EditorProgram.Find(Surroundings.Variable) is not { } editor)
        {
            return new Failure(ExitCode.Failed, "no editor was found", "EDITOR=nano fairlead config edit").WriteTo(error);
        }

        bool isNew = FileStatus.TryReadTarget(path, out _) == -Errno.ENOENT;
        int made = isNew ? Make(path, context) : 0;
        if (made < 0)
        {
            return new Failure(ExitCode.Failed, $"{path} cannot be created: {Errno.Describe(made)}", $"ls -ld '{Path.GetDirectoryName(path)}'").WriteTo(error);
        }

        _ = FileContent.TryRead(path, out byte[] before);
        int status = EditorProgram.Run(editor, path);
        if (status != 0)
        {
            string how = status > 0 ? $"ended with status {status}" : "did not run to its end";
            return new Failure(ExitCode.Failed, $"the editor ({editor}) {how}; the daemon was not told of any change", "fairlead config edit").WriteTo(error);
        }

        bool isUnchanged = FileContent.TryRead(path, out byte[] after) >= 0 && after.AsSpan().SequenceEqual(before);
        string? unchanged = !isUnchanged ? null : isNew ? $"created {path} with the defaults" : $"{path} is unchanged";
        return Judge(context.ReadAgain(), path, unchanged, output, error);
    }

    /// <summary>A folder and a file for the owner alone: a rule says where somebody logs in.</summary>
    /// <returns>Zero, or minus errno.</returns>
    private static int Make(string path, CommandContext context)
    {
        string folder = Path.GetDirectoryName(path)!;
        int result = FileContent.MakeFolders(Path.GetDirectoryName(folder)!);
        result = result < 0 ? result : PrivateFolder.Create(folder);
        string example = ConfigurationExample.For(context.Around, context.LocationDespiteMistake?.Socket);
        return result < 0 ? result : FileContent.Write(path, Encoding.UTF8.GetBytes(example), isPrivate: true);
    }

    /// <param name="unchanged">What to say of a file that the editor left unchanged; null when it did not.</param>
    private static int Judge(CommandContext context, string path, string? unchanged, TextWriter output, TextWriter error)
    {
        if (context.Mistake is { } mistake)
        {
            var next = new Failure(ExitCode.Usage, "the file is saved, and the daemon keeps its former settings until this is fixed", "fairlead config edit");
            return (mistake with { Others = [.. mistake.Others, next] }).WriteTo(error);
        }

        if (unchanged is not null)
        {
            output.Write(PlainText.Of(unchanged) + "\n");
            return ExitCode.Done;
        }

        FoundDaemon found = context.Find(ConnectTimeout);
        using (found.Client)
        {
            output.Write(PlainText.Of($"{path} has no mistakes; {Tell(context, found.Client)}") + "\n");
        }

        return ExitCode.Done;
    }

    /// <returns>What becomes of the change.</returns>
    private static string Tell(CommandContext context, ControlClient? daemon)
    {
        if (daemon is null)
        {
            return "the daemon reads it when it starts";
        }

        ControlReply? reply = null;
        _ = daemon.TryAsk(new ControlRequest { Verb = ControlVerb.Status, Quiet = true }, out reply);
        string? socket = context.Configuration.Configuration?.Socket;
        _ = LibC.kill(daemon.DaemonPid, LibC.SIGHUP);
        return socket is not null && reply?.Status is { } status && status.Socket != socket
            ? "the daemon reads it now. It moves to the new socket with: fairlead stop && fairlead start"
            : "the daemon reads it now";
    }
}
