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
    private readonly Func<string, long>? _textValue;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _top;
    private readonly Stack<OpenLoop> _loops = [];
    private int _count;

    private RtlModule(string text, HashSet<string> modules, Func<string, long>? textValue)
    {
        _tokens = new VerilogTokens(text);
        _modules = modules;
        _tokens.Expect("module");
        Name = _tokens.Next();
        Parameters = [.. Header()];
        // Defaults name no files.
        _textValue = textValue;
        var body = new List<RtlNode>();
        while (_tokens.Peek() != "endmodule" && !_tokens.AtEnd)
        {
            body.AddRange(Item());
        }
        Body = [.. body];
        _top = new Dictionary<string, int>(_slots, StringComparer.Ordinal);
    }

    /// <summary>Module name.</summary>
    internal string Name { get; }

    /// <summary>Parameters with their defaults, in order; theirs are the first slots.</summary>
    internal (string Name, VerilogConstant Default)[] Parameters { get; }

    /// <summary>Constants and children.</summary>
    internal RtlNode[] Body { get; }

    /// <summary>Number of values.</summary>
    internal int Slots => _count;

    /// <summary>Reads a module.</summary>
    /// <param name="text">One module.</param>
    /// <param name="modules">Names of all modules: only they can be children.</param>
    /// <param name="textValue">Values of strings; null if they have none.</param>
    /// <exception cref="HypgcnException">The text is beyond the subset.</exception>
    internal static RtlModule Read(string text, HashSet<string> modules, Func<string, long>? textValue = null)
    {
        try
        {
            return new RtlModule(text, modules, textValue);
        }
        catch (FormatException problem)
        {
            throw new HypgcnException($"a Verilog module cannot be read for the resource model: {problem.Message}. Report it.", problem);
        }
    }

    /// <summary>Whether it has a parameter or constant of a name.</summary>
    internal bool Has(string name) => _top.ContainsKey(name);

    /// <summary>Slot of a parameter or constant; null if there is none of that name.</summary>
    internal int? SlotOf(string name) => _top.TryGetValue(name, out var slot) ? slot : null;

    /// <summary>All children that it may have, whatever its parameters are.</summary>
    internal IEnumerable<RtlNode.Instance> Instances() => Instances(Body);

    /// <summary>Gives the parameters their values.</summary>
    /// <param name="slots">Values by slot.</param>
    /// <param name="given">The value of a parameter, or null for its default.</param>
    internal void Start(long[] slots, Func<string, long?> given)
    {
        for (var slot = 0; slot < Parameters.Length; slot++)
        {
            slots[slot] = given(Parameters[slot].Name) ?? Parameters[slot].Default(slots);
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

    private VerilogConstant Expression() => Expression([]);

    private VerilogConstant Expression(List<int> read) => new VerilogExpression(_tokens, name =>
    {
        if (!_slots.TryGetValue(name, out var slot))
        {
            return null;
        }
        read.Add(slot);
        return slot;
    }, _textValue).Parse();

    // Decides what is built: loops whose variable it follows build something else in each turn.
    private VerilogConstant Deciding()
    {
        var read = new List<int>();
        var value = Expression(read);
        foreach (var loop in _loops)
        {
            loop.Varies |= loop.Following.Overlaps(read);
        }
        return value;
    }

    private List<(string Name, VerilogConstant Default)> Header()
    {
        var parameters = new List<(string Name, VerilogConstant Default)>();
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
                Slot(name);
                parameters.Add((name, Expression()));
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
        var read = new List<int>();
        var value = Expression(read);
        _tokens.Expect(";");
        var slot = Slot(name);
        foreach (var loop in _loops.Where(loop => loop.Following.Overlaps(read)))
        {
            loop.Following.Add(slot);
        }
        return new RtlNode.Constant(slot, value);
    }

    private RtlNode.Choice Choice()
    {
        _tokens.Expect("(");
        var condition = Deciding();
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
        var first = Deciding();
        _tokens.Expect(";");
        var condition = Deciding();
        _tokens.Expect(";");
        _tokens.Next();
        _tokens.Expect("=");
        var step = Deciding();
        _tokens.Expect(")");
        var open = new OpenLoop(slot);
        _loops.Push(open);
        var body = Block();
        _loops.Pop();
        return new RtlNode.Loop(slot, first, condition, step, body, open.Varies && Instances(body).Any());
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
                parameters.Add((name, Deciding()));
                _tokens.Expect(")");
            }
            while (_tokens.Accept(","));
            _tokens.Expect(")");
        }
        _tokens.SkipToSemicolon();
        return new RtlNode.Instance(module, [.. parameters]);
    }

    private static IEnumerable<RtlNode.Instance> Instances(IEnumerable<RtlNode> nodes) => nodes.SelectMany(node => node switch
    {
        RtlNode.Instance instance => [instance],
        RtlNode.Choice choice => Instances(choice.Yes).Concat(Instances(choice.No)),
        RtlNode.Loop loop => Instances(loop.Body),
        _ => [],
    });

    private sealed class OpenLoop(int slot)
    {
        /// <summary>The loop's variable and the constants that are made from it.</summary>
        internal HashSet<int> Following { get; } = [slot];

        internal bool Varies { get; set; }
    }
}
