using System.Reflection;

namespace Scriban.Runtime;

/// <summary>Says whether a template may see a .NET member.</summary>
public delegate bool MemberFilterDelegate(MemberInfo member);
