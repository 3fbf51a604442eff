using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Probing;
using Fairlead.StalePaths;

namespace Fairlead.Handlers;

/// <summary>
/// A login names its own agent and asks whether it can be used: otherwise its shell keeps it. Its folder is marked from now on, and what the login brought about
/// is looked at.
/// </summary>
internal sealed class RegisterHandler(LoginRegistration registration, AgentArrivals arrivals, StalePathKeeper stalePaths) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Register;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        RegisteredSocket? registered = Register(request, client.Peer.Pid);
        Refusal? refusal = registered is null ? Refusal.NotASocket : await registration.ExamineAsync(registered);
        arrivals.NoteLogin();
        stalePaths.Look();
        return new ControlReply { Registration = new RegistrationReport { Usable = refusal is null, Reason = refusal?.Describe() } };
    }

    private RegisteredSocket? Register(ControlRequest request, int peer)
    {
        string path = request.Socket ?? "";
        int registrant = request.Pid ?? peer;
        return request.Descriptors is [int socket, int folder]
            ? registration.Register(path, socket, folder, registrant)
            : registration.Register(path, registrant);
    }
}
