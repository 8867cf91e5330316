namespace Hypgcn;

/// <summary>
/// A problem the user can act on. The message has the form
/// <c>&lt;where&gt;: &lt;what, with the value seen&gt;; &lt;the rule&gt;. &lt;what to do&gt;.</c>
/// The command line prints it as one line and exits with 2.
/// </summary>
public class HypgcnException : Exception
{
    public HypgcnException(string message) : base(message) { }

    public HypgcnException(string message, Exception inner) : base(message, inner) { }
}
