using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Tests.Output;

namespace Fairlead.Tests.Control;

/// <summary>
/// A daemon that was started before an upgrade answers as it did then: whatever it leaves out, its answer is understood without that, or it is of another
/// version. It is never half understood.
/// </summary>
public sealed class OlderDaemonTests
{
    [Fact]
    public void Whatever_is_missing_no_part_is_null_that_may_not_be() => Without(member => member.Parent!.AsObject().Remove(member.GetPropertyName()));

    [Fact]
    public void Whatever_is_null_no_part_is_null_that_may_not_be() => Without(member => member.ReplaceWith<JsonNode?>(null));

    /// <summary>Answers as daemons gave them, one a line, in a file for each version: what a command of today asks one that nobody has restarted.</summary>
    [Theory]
    [InlineData("0.1.0")]
    public void What_a_daemon_of_that_version_said_is_understood(string version)
    {
        foreach (string line in File.ReadLines(Repository.PathOf($"test/Fairlead.Tests/Control/recorded/{version}.txt")))
        {
            ControlReply? reply = Read(line);
            Assert.True(reply is not null, line);
            RequireWhole(reply, line);
            SampleReports.Render(reply);
        }
    }

    /// <summary>Whatever else has changed, it is known which of the two is older.</summary>
    [Theory]
    [InlineData("{\"status\":{\"daemonVersion\":\"0.1.0\",\"agents\":7}}", null, "0.1.0")]
    [InlineData("{\"status\":{\"daemonVersion\":\"9.0.0\",\"build\":\"9.0.0+1a2b3c4d5e6f\",\"new\":[]}}", "9.0.0+1a2b3c4d5e6f", "9.0.0")]
    [InlineData("{\"answer\":1}", null, null)]
    public void The_build_is_read_of_any_status(string line, string? build, string? version)
    {
        BuildStatus? status = JsonSerializer.Deserialize(line, ControlJson.Default.BuildReply)?.Status;

        Assert.Equal((build, version), (status?.Build, status?.DaemonVersion));
    }

    private static void Without(Action<JsonNode> damage)
    {
        int understood = 0;
        foreach (ControlReply reply in SampleReports.Replies)
        {
            string line = JsonSerializer.Serialize(reply, ControlJson.Default.ControlReply);
            int members = Members(JsonNode.Parse(line)!).Count();
            for (int i = 0; i < members; i++)
            {
                JsonNode damaged = JsonNode.Parse(line)!;
                damage(Members(damaged).ElementAt(i));
                if (Read(damaged.ToJsonString()) is { } read)
                {
                    understood++;
                    RequireWhole(read, damaged.ToJsonString());
                    SampleReports.Render(read);
                }
            }
        }

        Assert.True(understood > 10);
    }

    /// <summary>As <see cref="ControlClient"/> does.</summary>
    private static ControlReply? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ControlJson.Default.ControlReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode> Members(JsonNode node) => node switch
    {
        JsonObject parent => parent.Select(member => member.Value).OfType<JsonNode>().SelectMany(child => Members(child).Prepend(child)),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Members),
        _ => [],
    };

    private static void RequireWhole(object value, string line)
    {
        var nullability = new NullabilityInfoContext();
        foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            object? part = property.GetValue(value);
            bool mayBeNull = nullability.Create(property).ReadState == NullabilityState.Nullable;
            Assert.True(part is not null || mayBeNull, $"{value.GetType().Name}.{property.Name} is null in {line}");
            foreach (object inner in part is string or null ? [] : part is IEnumerable list ? list.Cast<object>() : [part])
            {
                if (inner.GetType().Assembly == typeof(ControlReply).Assembly)
                {
                    RequireWhole(inner, line);
                }
            }
        }
    }
}
