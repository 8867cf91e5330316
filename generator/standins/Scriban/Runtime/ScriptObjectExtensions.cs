namespace Scriban.Runtime;

public static class ScriptObjectExtensions
{
    /// <summary>Copies every public property and field of an object, renamed, into the script object.</summary>
    public static void Import(
        this IScriptObject script,
        object obj,
        MemberFilterDelegate? filter = null,
        MemberRenamerDelegate? renamer = null)
    {
        var target = (ScriptObject)script;
        foreach ((string name, Func<object, object?> read) in
            TypeMembers.Of(obj.GetType(), filter, renamer ?? StandardMemberRenamer.Default))
        {
            target[name] = read(obj);
        }
    }
}
