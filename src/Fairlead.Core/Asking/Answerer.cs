using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Asking;

/// <summary>Who answered a question.</summary>
/// <param name="Place">As people call it: "pts/3".</param>
/// <param name="Login">The session process of the person's login; null at the machine's own screen.</param>
internal sealed record Answerer(string Place, ProcessIdentity? Login);
