namespace Hypgcn.Estimation;

/// <summary>A Verilog module as parameters, constants and children; what it computes is not looked at.</summary>
internal sealed class RtlModule
{
    private static readonly HashSet<string> Declarations = new(StringComparer.Ordinal)
    {
        "wire", "reg", "assign", "genvar", "integer", "input", "output", "inout",
    };

    private readonly VerilogTokens _tokens;
    private readonly HashSet<string> _modules;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _top;
    private int _count;

    private RtlModule(string text, HashSet<string> modules)
    {
        _tokens = new VerilogTokens(text);
        _modules = modules;
        _tokens.Expect("module");
        Name = _tokens.Next();
        Parameters = Header();
        while (_tokens.Peek() != "endmodule" && !_tokens.AtEnd)
        {
            Body.AddRange(Item());
        }
        _top = new Dictionary<string, int>(_slots, StringComparer.Ordinal);
    }

    /// <summary>Module name.</summary>
    internal string Name { get; }

    /// <summary>Parameters with their slots and defaults, in order.</summary>
    internal IReadOnlyList<(string Name, int Slot, VerilogConstant Default)> Parameters { get; }

    /// <summary>Constants and children.</summary>
    internal List<RtlNode> Body { get; } = [];

    /// <summary>Number of values.</summary>
    internal int Slots => _count;

    /// <summary>Reads a module.</summary>
    /// <param name="text">One module.</param>
    /// <param name="modules">Names of all modules: only they can be children.</param>
    /// <exception cref="HypgcnException">The text is beyond the subset.</exception>
    internal static RtlModule Read(string text, HashSet<string> modules)
    {
        try
        {
            return new RtlModule(text, modules);
        }
        catch (FormatException problem)
        {
            throw new HypgcnException($"a Verilog module cannot be read for the resource model: {problem.Message}. Report it.", problem);
        }
    }

    /// <summary>Whether it has a parameter or constant of a name.</summary>
    internal bool Has(string name) => _top.ContainsKey(name);

    /// <summary>Gives the parameters their values.</summary>
    /// <param name="slots">Values by slot.</param>
    /// <param name="given">The value of a parameter, or null for its default.</param>
    internal void Start(long[] slots, Func<string, long?> given)
    {
        foreach (var (name, slot, otherwise) in Parameters)
        {
            slots[slot] = given(name) ?? otherwise(slots);
        }
    }

    /// <summary>Compiles an expression over the module's parameters and constants.</summary>
    internal VerilogConstant Compile(string expression) => VerilogExpression.Compile(
        expression, name => _top.TryGetValue(name, out var slot) ? slot : null);

    /// <summary>Names in an expression that the module does not have; they have no value.</summary>
    internal IReadOnlyList<string> Unknown(string expression)
    {
        var unknown = new List<string>();
        VerilogExpression.Compile(expression, name =>
        {
            if (_top.TryGetValue(name, out var slot))
            {
                return slot;
            }
            unknown.Add(name);
            return null;
        });
        return unknown;
    }

    private int Slot(string name)
    {
        // A name that two generate blocks declare is one slot: only one of them is built, or the value is used at once.
        if (!_slots.TryGetValue(name, out var slot))
        {
            _slots[name] = slot = _count++;
        }
        return slot;
    }

    private VerilogConstant Expression() => new VerilogExpression(_tokens, name => _slots.TryGetValue(name, out var slot) ? slot : null).Parse();

    private List<(string Name, int Slot, VerilogConstant Default)> Header()
    {
        var parameters = new List<(string Name, int Slot, VerilogConstant Default)>();
        if (_tokens.Accept("#"))
        {
            _tokens.Expect("(");
            do
            {
                _tokens.Expect("parameter");
                if (_tokens.Peek() == "[")
                {
                    _tokens.SkipBrackets();
                }
                var name = _tokens.Next();
                _tokens.Expect("=");
                parameters.Add((name, Slot(name), Expression()));
            }
            while (_tokens.Accept(","));
            _tokens.Expect(")");
        }
        _tokens.SkipBrackets();
        _tokens.Expect(";");
        return parameters;
    }

    private IEnumerable<RtlNode> Item()
    {
        var token = _tokens.Next();
        switch (token)
        {
            case "generate" or "endgenerate":
                return [];
            case "localparam":
                return [Constant()];
            case "if":
                return [Choice()];
            case "for":
                return [Loop()];
            case "always":
                _tokens.Expect("@");
                if (!_tokens.Accept("*"))
                {
                    _tokens.SkipBrackets();
                }
                _tokens.SkipStatement();
                return [];
            case "initial":
                _tokens.SkipStatement();
                return [];
            case "function":
                while (_tokens.Next() != "endfunction")
                {
                }
                return [];
        }
        if (!Declarations.Contains(token) && _modules.Contains(token))
        {
            return [Instance(token)];
        }
        _tokens.SkipToSemicolon();
        return [];
    }

    private RtlNode.Constant Constant()
    {
        if (_tokens.Peek() == "[")
        {
            _tokens.SkipBrackets();
        }
        var name = _tokens.Next();
        _tokens.Expect("=");
        var value = Expression();
        _tokens.Expect(";");
        return new RtlNode.Constant(Slot(name), value);
    }

    private RtlNode.Choice Choice()
    {
        _tokens.Expect("(");
        var condition = Expression();
        _tokens.Expect(")");
        var yes = Block();
        RtlNode[] no = [];
        if (_tokens.Accept("else"))
        {
            no = _tokens.Accept("if") ? [Choice()] : Block();
        }
        return new RtlNode.Choice(condition, yes, no);
    }

    private RtlNode.Loop Loop()
    {
        _tokens.Expect("(");
        var slot = Slot(_tokens.Next());
        _tokens.Expect("=");
        var first = Expression();
        _tokens.Expect(";");
        var condition = Expression();
        _tokens.Expect(";");
        _tokens.Next();
        _tokens.Expect("=");
        var step = Expression();
        _tokens.Expect(")");
        return new RtlNode.Loop(slot, first, condition, step, Block());
    }

    private RtlNode[] Block()
    {
        _tokens.Expect("begin");
        if (_tokens.Accept(":"))
        {
            _tokens.Next();
        }
        var nodes = new List<RtlNode>();
        while (!_tokens.Accept("end"))
        {
            nodes.AddRange(Item());
        }
        return [.. nodes];
    }

    private RtlNode.Instance Instance(string module)
    {
        var parameters = new List<(string Name, VerilogConstant Value)>();
        if (_tokens.Accept("#"))
        {
            _tokens.Expect("(");
            do
            {
                _tokens.Expect(".");
                var name = _tokens.Next();
                _tokens.Expect("(");
                parameters.Add((name, Expression()));
                _tokens.Expect(")");
            }
            while (_tokens.Accept(","));
            _tokens.Expect(")");
        }
        _tokens.SkipToSemicolon();
        return new RtlNode.Instance(module, [.. parameters]);
    }
}
