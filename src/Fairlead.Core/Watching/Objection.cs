using Fairlead.Core.Policy;

namespace Fairlead.Core.Watching;

/// <summary>Why fairlead asked no agent for a request.</summary>
/// <param name="Rule">The rule that says so; null for a limit that no rule sets.</param>
internal sealed record Objection(RequestOutcome Outcome, PolicyRule? Rule);
