using System.Globalization;

namespace Fairlead.Doctor;

/// <summary>What this user is called.</summary>
internal static class UserNames
{
    /// <summary>
    /// The name of the uid first: under su, the variables still name another person. They count where the name is in no file, but in a directory such as LDAP,
    /// and a report for others leaves out both.
    /// </summary>
    /// <param name="passwd">Lines of passwd(5).</param>
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    public static IEnumerable<string> Of(uint uid, IEnumerable<string> passwd, Func<string, string?> variable)
    {
        string number = uid.ToString(CultureInfo.InvariantCulture);
        string? name = passwd.Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[2] == number)?[0];
        return new[] { name, variable("USER"), variable("LOGNAME") }.OfType<string>().Distinct();
    }
}
