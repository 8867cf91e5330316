namespace Scriban.Runtime;

/// <summary>An object that carries values for a template.</summary>
public interface IScriptObject
{
}
