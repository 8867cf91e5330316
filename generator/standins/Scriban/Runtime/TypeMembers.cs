using System.Reflection;

namespace Scriban.Runtime;

/// <summary>The readers of a type's public instance properties and fields, by the name a template uses.</summary>
internal static class TypeMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;

    internal static Dictionary<string, Func<object, object?>> Of(
        Type type, MemberFilterDelegate? filter, MemberRenamerDelegate renamer)
    {
        var readers = new Dictionary<string, Func<object, object?>>(StringComparer.Ordinal);
        // A derived type's member hides its base's, so the derived type comes first.
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(Declared).Where(field => filter is null || filter(field)))
            {
                readers.TryAdd(renamer(field), field.GetValue);
            }

            foreach (PropertyInfo property in level.GetProperties(Declared).Where(IsReadable))
            {
                if (filter is null || filter(property))
                {
                    readers.TryAdd(renamer(property), property.GetValue);
                }
            }
        }

        return readers;
    }

    private static bool IsReadable(PropertyInfo property) =>
        property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0;
}
