using System.Reflection;

namespace Scriban.Runtime;

/// <summary>Gives the name under which a template sees a .NET member.</summary>
public delegate string MemberRenamerDelegate(MemberInfo member);
