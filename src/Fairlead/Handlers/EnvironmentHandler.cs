using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;
using Fairlead.Core.Planning;

namespace Fairlead.Handlers;

/// <summary>Says what the environment of a shell would be, had it been started in the login at whose terminal it is shown now.</summary>
internal sealed class EnvironmentHandler(RoutePlanner planner) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Environment;

    /// <summary>The names that are asked for; others of a login's variables are nobody's business.</summary>
    public IReadOnlyList<string> Variables { get; set; } = [];

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) =>
        await planner.EnvironmentAsync(new CallerIdentity(request.Pid ?? client.Peer.Pid, BootClock.Ticks)) is LoginEnvironment login
            ? new ControlReply { Environment = Describe(login) }
            : new ControlReply { Error = "fairlead sees no login at this shell: it belongs to none, and no login's terminal shows it" };

    private EnvironmentReport Describe(LoginEnvironment login) => new()
    {
        LoginPid = login.LoginPid,
        From = ConnectionVariable.ClientAddressOf(login.ValueOf(ConnectionVariable.Name)),
        Terminal = login.Terminal.Length > 0 ? login.Terminal : null,
        Variables = [.. Variables.Select(name => new VariableReport { Name = name, Value = login.ValueOf(name) })],
    };
}
