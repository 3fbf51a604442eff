namespace Fairlead.Core.Logins;

/// <summary>Where the person sits who looks at a caller.</summary>
/// <param name="LoginPid">The login's session process.</param>
/// <param name="Terminal">The login's terminal, below /dev; empty where <paramref name="Process"/> tells more.</param>
/// <param name="Process">The process directly below the session process that the caller descends from; 0 when it descends from none.</param>
internal readonly record struct ViewingLogin(int LoginPid, string Terminal, int Process);
