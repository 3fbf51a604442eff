using System.Globalization;
using System.Net;
using System.Text;
using CsCheck;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

/// <summary>Any configuration that a person may have, and the file they could have written it as.</summary>
internal static class WrittenConfiguration
{
    private static readonly Gen<string> Text =
        Gen.OneOf(Gen.String[Gen.Char["ab \"'\\#=[]{}.,\n\t\u0001\u007f\u00e9\u2028"], 1, 12], Gen.Char['a', 'z'].Array[1, 6].Select(letters => new string(letters)));

    private static readonly Gen<string> Path = Text.Select(text => "/" + text);

    private static readonly Gen<TimeSpan> Time =
        Gen.OneOf(Gen.Long[1, 20L * 24 * 3600 * 1000], Gen.Long[1, 5000]).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));

    private static readonly Gen<AgentTimeouts> Patience = Gen.Select(Time, Time, Time, Time, Gen.Bool, (answer, awake, person, busy, asks) =>
        new AgentTimeouts { Answer = answer, Awake = awake, Person = person, Busy = busy, AsksOthers = asks });

    private static readonly Gen<HoldTimeouts> Wait = Gen.Select(Time, Time, Gen.Bool, (time, bound, isNone) =>
        new HoldTimeouts { Time = isNone ? TimeSpan.Zero : time, Bound = bound });

    private static readonly Gen<ConfiguredAgent[]> Agents = Gen.Select(Text, Path, Gen.Bool).Array[0, 4].Select(drafts =>
        drafts.DistinctBy(draft => draft.Item1)
            .Select(draft => new ConfiguredAgent(draft.Item1, draft.Item2, draft.Item3 ? AgentRole.Always : AgentRole.Fallback, 0))
            .ToArray());

    private static readonly Gen<string> Address = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes).ToString()),
        Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes).ToString()),
        Gen.Const("fe80::1%eth0"));

    private static readonly Gen<NamedLaptop[]> Laptops = Gen.Select(Text, Address, Text, Gen.Int[0, 2], (name, address, key, known) =>
        new NamedLaptop(name, known == 1 ? null : address, known == 0 ? null : $"SHA256:{key}", 0)).Array[0, 3];

    private static readonly Gen<string> Variable = Gen.Select(Gen.Bool, Text, (isAny, value) => isAny ? "CLAUDECODE" : $"CLAUDECODE={value}");

    private static readonly Gen<bool?> MaybeFlag = Gen.Int[0, 2].Select(flag => flag == 0 ? (bool?)null : flag == 1);

    private static readonly Gen<RuleConditions> Conditions =
        Gen.Select(
            Gen.Select(Maybe(Address), Maybe(Text), Maybe(Text), Maybe(Path), Maybe(Text), Maybe(Text)),
            Gen.Select(Maybe(Variable), Maybe(Text), Maybe(Text), Maybe(Text), Gen.Bool),
            Gen.Select(MaybeFlag, MaybeFlag),
            (caller, request, flags) => new RuleConditions
            {
                From = caller.Item1,
                Login = caller.Item2,
                Session = caller.Item3,
                Folder = caller.Item4,
                Executable = caller.Item5,
                Under = caller.Item6,
                Variable = request.Item1,
                Host = request.Item2?.ToLowerInvariant(),
                User = request.Item3,
                Sign = request.Item2 is null && request.Item3 is null ? request.Item4 : null,
                Key = request.Item5 ? "SHA256:key" : null,
                Background = flags.Item1,
                Forwarded = flags.Item2,
            }).Where(conditions => !conditions.AreEmpty);

    private static readonly Gen<AskChoice?> Ask = Gen.Select(Gen.Int[0, 3], Time, (kind, time) => kind switch
    {
        0 => null,
        1 => AskChoice.Never,
        2 => AskChoice.EachTime,
        _ => new AskChoice(IsAsked: true, time),
    });

    private static readonly Gen<(RuleConditions When, int Use, AskChoice? Ask)[]> Rules = Gen.Select(Conditions, Gen.Int[0, 5], Ask).Array[0, 3];

    private static readonly Gen<string[]> Variables =
        Gen.String[Gen.Char["ABcd_1"], 1, 8].Where(name => name[0] != '1').Array[0, 4];

    public static Gen<Configuration> Any(Surroundings around) => Gen.Select(
        Gen.Select(Maybe(Path), Maybe(Path.Array[0, 3]), Variables, Maybe(Path)),
        Gen.Select(Gen.Enum<FallbackMode>(), Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Select(Patience, Wait, Gen.Int[1, 1_000_000], Time),
        Gen.Select(Agents, Laptops, Rules),
        (places, routing, limits, people) => Configuration.Default(around) with
        {
            Socket = places.Item1,
            DiscoveryFolders = places.Item2 ?? Configuration.Default(around).DiscoveryFolders,
            Fallback = routing.Item1,
            MergesKeys = routing.Item2,
            AllowsForwardedChanges = routing.Item3,
            HealsOldPaths = routing.Item4,
            Variables = places.Item3,
            LogTo = places.Item4,
            AgentTimeouts = limits.Item1,
            HoldTimeouts = limits.Item2,
            Conversations = limits.Item3,
            AskTime = limits.Item4,
            Stays = routing.Item4,
            Agents = people.Item1,
            Laptops = people.Item2,
            Rules = [.. people.Item3.Select(rule => Rule(rule.When, rule.Use, people.Item1) with { Ask = rule.Ask })],
        });

    /// <param name="isDotted">Keys with dots and tables inline, where TOML leaves the choice.</param>
    public static string Write(Configuration configuration, bool isDotted)
    {
        var text = new StringBuilder();
        if (configuration.Socket is { } socket)
        {
            text.Append($"socket = {Quote(socket)}\n");
        }

        Table("discovery", ("folders", $"[{string.Join(", ", configuration.DiscoveryFolders.Select(Quote))}]"));
        Table(
            "routing",
            ("fallback", Quote(configuration.Fallback.Word())),
            ("keys", configuration.MergesKeys ? "'all'" : "'leader'"),
            ("forwarded_changes", Flag(configuration.AllowsForwardedChanges)));
        Table(
            "patience",
            ("answer", Time(configuration.AgentTimeouts.Answer)),
            ("awake", Time(configuration.AgentTimeouts.Awake)),
            ("person", Time(configuration.AgentTimeouts.Person)),
            ("busy", Time(configuration.AgentTimeouts.Busy)),
            ("hedge", Flag(configuration.AgentTimeouts.AsksOthers)));
        Table("wait", ("time", Time(configuration.HoldTimeouts.Time)), ("bound", Time(configuration.HoldTimeouts.Bound)));
        Table("ask", ("time", Time(configuration.AskTime)));
        Table("heal", ("old_paths", Flag(configuration.HealsOldPaths)));
        Table("log", ("to", Quote(configuration.LogTo ?? "none")));
        Table("env", ("variables", $"[{string.Join(", ", configuration.Variables.Select(Quote))}]"));
        Table("limits", ("conversations", configuration.Conversations.ToString(CultureInfo.InvariantCulture)), ("stay", Flag(configuration.Stays)));
        foreach (ConfiguredAgent agent in configuration.Agents)
        {
            string role = agent.Role == AgentRole.Always ? "always" : "fallback";
            text.Append($"[[agent]]\nname = {Quote(agent.Name)}\nsocket = {Quote(agent.Socket)}\nrole = '{role}'\n");
        }

        foreach (NamedLaptop laptop in configuration.Laptops)
        {
            string address = laptop.Address is null ? "" : $"address = {Quote(laptop.Address)}\n";
            string key = laptop.Key is null ? "" : $"key = {Quote(laptop.Key)}\n";
            text.Append($"[[laptop]]\nname = {Quote(laptop.Name)}\n{address}{key}");
        }

        foreach (PolicyRule rule in configuration.Rules)
        {
            IEnumerable<string> conditions = PairsOf(rule.When).Select(condition => $"{condition.Key} = {condition.Value}");
            text.Append("[[rule]]\n");
            text.Append(rule.Use is null ? "" : $"use = {Quote(rule.Use.ToString())}\n");
            text.Append(rule.Keys is null ? "" : $"keys = [{string.Join(", ", rule.Keys.Fingerprints.Select(Quote))}]\n");
            text.Append(rule.Ask is null ? "" : $"ask = {rule.Ask}\n");
            text.Append(isDotted ? $"when = {{ {string.Join(", ", conditions)} }}\n" : $"[rule.when]\n{string.Join('\n', conditions)}\n");
        }

        return text.ToString();

        void Table(string name, params (string Key, string Value)[] pairs)
        {
            text.Append(isDotted ? "" : $"[{name}]\n");
            foreach ((string key, string value) in pairs)
            {
                text.Append($"{(isDotted ? name + "." : "")}{key} = {value}\n");
            }
        }

        static string Time(TimeSpan time) => Quote(DurationText.Of(time));
    }

    private static IEnumerable<(string Key, string Value)> PairsOf(RuleConditions when)
    {
        (string Key, string? Value)[] texts =
        [
            ("from", when.From), ("login", when.Login), ("session", when.Session), ("cwd", when.Folder), ("executable", when.Executable), ("under", when.Under),
            ("variable", when.Variable), ("host", when.Host), ("user", when.User), ("sign", when.Sign), ("key", when.Key),
        ];
        (string Key, bool? Value)[] flags = [("background", when.Background), ("forwarded", when.Forwarded)];
        return texts.Where(text => text.Value is not null).Select(text => (text.Key, Quote(text.Value!)))
            .Concat(flags.Where(flag => flag.Value is not null).Select(flag => (flag.Key, Flag(flag.Value!.Value))));
    }

    private static PolicyRule Rule(RuleConditions when, int use, ConfiguredAgent[] agents) => new(when, 0)
    {
        Use = when.NeedSignature ? AgentChoice.None : use == 4 ? null : Choice(use, agents),
        Keys = !when.NeedSignature && use >= 3 ? new KeyChoice([.. Enumerable.Range(0, use - 3).Select(number => $"SHA256:{number}")]) : null,
    };

    /// <summary>One of the agents, where a name means one; else an address, or nobody.</summary>
    private static AgentChoice Choice(int number, ConfiguredAgent[] agents) =>
        number < agents.Length && agents[number].Name != "none" ? new AgentChoice(agents[number].Name, null)
        : number == 5 ? new AgentChoice(null, "192.0.2.1")
        : AgentChoice.None;

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class =>
        Gen.Select(Gen.Bool, gen, (isThere, value) => isThere ? value : null);

    private static string Flag(bool flag) => flag ? "true" : "false";

    /// <summary>A basic string of TOML 1.0: what may not stand in it as it is becomes \uXXXX.</summary>
    private static string Quote(string text) =>
        $"\"{string.Concat(text.Select(c => c is '"' or '\\' or < ' ' or '\u007f' ? $"\\u{(int)c:x4}" : c.ToString()))}\"";
}
