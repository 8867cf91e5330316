using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.BadInput;

/// <summary>Files that someone made on purpose: no random damage finds these.</summary>
internal static class HostileFiles
{
    public static IEnumerable<BadInputCase> All() =>
        Pickles().SelectMany(pickle => new[]
            {
                new BadInputCase($"pt, {pickle.Name}", "demo.pt", Checkpoint(pickle.Bytes)),
                new BadInputCase($"pkl, {pickle.Name}", "labels.pkl", pickle.Bytes),
            })
            .Concat(Archives())
            .Concat(Headers())
            .Concat(Texts());

    private static byte[] Checkpoint(byte[] pickle) => ZipWriter.Write(("a/data.pkl", pickle), ("a/data/0", new byte[16]));

    private static IEnumerable<(string Name, byte[] Bytes)> Pickles()
    {
        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
        yield return ("os.system", new PickleWriter().Global("os", "system").Op("(").Text("touch /tmp/x").Op("tR").Stop());
        yield return ("stack global", new PickleWriter().Text("os").Text("system").Raw(0x93).Stop());
        yield return ("INST", "(S'touch'\nios\nsystem\n."u8.ToArray());
        yield return ("OBJ", "(cos\nsystem\nS'touch'\no."u8.ToArray());
        yield return ("NEWOBJ", new PickleWriter().Global("collections", "OrderedDict").Op(")").Raw(0x81).Stop());
        yield return ("EXT", new PickleWriter().Raw(0x82, 1).Stop());
        yield return ("deep lists", new PickleWriter().Op(Repeat("](", 500_000)).Op("N").Op(Repeat("e", 500_000)).Stop());
        yield return ("deep tuples", new PickleWriter().Op("N").Raw([.. Enumerable.Repeat((byte)0x85, 1_000_000)]).Stop());
        yield return ("list of itself", new PickleWriter().Op("]q\0h\0aa").Stop());
        yield return ("memo bomb", new PickleWriter().Op("]q\0").Op(Repeat("](h\0h\0h\0h\0eq\0", 100)).Stop());
        yield return ("many lists", new PickleWriter().Op(new string(']', 2_000_000)).Stop());
        yield return ("many dicts", new PickleWriter().Op(new string('}', 2_000_000)).Stop());
        yield return ("many marks", new PickleWriter().Op(new string('(', 2_000_000)).Op(new string('1', 2_000_001)).Stop());
        yield return ("huge memo index", new PickleWriter().Op("Nr").Raw(0xFF, 0xFF, 0xFF, 0xFF).Op("j").Raw(0xFF, 0xFF, 0xFF, 0xFF).Stop());
        yield return ("negative memo index", new PickleWriter().Op("Np-1\ng-1\n").Stop());
        yield return ("LONG4 of 2 GiB", new PickleWriter().Raw(0x8b, 0xFF, 0xFF, 0xFF, 0x7F).Stop());
        yield return ("LONG4 of -1", new PickleWriter().Raw(0x8b, 0xFF, 0xFF, 0xFF, 0xFF).Stop());
        yield return ("LONG of a million digits", new PickleWriter().Op("L" + new string('9', 1_000_000) + "L\n").Stop());
        yield return ("INT of a million digits", new PickleWriter().Op("I" + new string('9', 1_000_000) + "\n").Stop());
        yield return ("FLOAT beyond", new PickleWriter().Op("F1e99999\nFnan\n").Stop());
        yield return ("FLOAT of letters", new PickleWriter().Op("Fxyz\n").Stop());
        yield return ("BINBYTES8 of 2^63", new PickleWriter().Raw(0x8e, 0, 0, 0, 0, 0, 0, 0, 0x80).Stop());
        yield return ("BINUNICODE8 of 2^64 - 1", new PickleWriter().Raw(0x8d, 255, 255, 255, 255, 255, 255, 255, 255).Stop());
        yield return ("text that is not UTF-8", new PickleWriter().Op("X").Raw(2, 0, 0, 0, 0xC0, 0x80).Stop());
        yield return ("frame of 2^64 - 1", new PickleWriter().Raw(0x95, 255, 255, 255, 255, 255, 255, 255, 255).Op("N").Stop());
        yield return ("protocol 255", [0x80, 255, .. "N."u8]);
        yield return ("no end", [0x80, 2, .. "N"u8]);
        yield return ("encode again and again", new PickleWriter().Global("_codecs", "encode").Op("q\0").Text(new string('x', 500_000)).Text("latin1").Raw(0x86).Op("q\u0001")
            .Op(Repeat("h\0h\u0001R", 100_000)).Stop());
        yield return ("tensors of one storage", Tensors());
    }

    /// <summary>Each asks for 64 MiB of one value.</summary>
    private static byte[] Tensors()
    {
        PickleWriter pickle = new PickleWriter().Op("}(");
        for (int n = 0; n < 1000; n++)
        {
            pickle.Text($"t{n}").Tensor("0", "FloatStorage", 4, 0, [1 << 24], [0]);
        }
        return pickle.Op("u").Stop();
    }

    private static IEnumerable<BadInputCase> Archives()
    {
        byte[] array = NpyTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", [1, 2]);
        byte[] plain = ZipWriter.Write(("x.npy", array), ("y.npy", array));
        yield return new("npz, bombs side by side", "a.npz", ZipWriter.Write(
            CompressionLevel.Optimal, [.. Enumerable.Range(0, 6).Select(n => ($"{n}.npy", new byte[64 << 20]))]));
        foreach (string name in new[] { "../../x.npy", "/x.npy", "C:\\x.npy", "x\0y.npy", "\n.npy", new string('x', 65_000) + ".npy", "\u202e.npy", "a//b.npy" })
        {
            yield return new($"npz, name {name[..Math.Min(8, name.Length)].Replace('\0', '0').Replace('\n', 'n')}", "a.npz", ZipWriter.Write((name, array)));
        }
        int directory = plain.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int second = directory + 4 + plain.AsSpan(directory + 4).IndexOf("PK\u0001\u0002"u8);
        // Offsets in a directory entry: method 10, checksum 16, packed 20, unpacked 24, name 28, extra 30, comment 32, local header 42.
        foreach (int field in new[] { 8, 10, 16, 20, 24, 28, 30, 32, 34, 42 })
        {
            foreach (uint value in new uint[] { 0, 1, 8, 9, 12, 99, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF })
            {
                byte[] zip = [.. plain];
                Span<byte> target = zip.AsSpan(second + field);
                if (field is 8 or 10 or 28 or 30 or 32 or 34)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(target, unchecked((ushort)value));
                }
                else
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(target, value);
                }
                yield return new($"npz, directory field {field} is {value}", "a.npz", zip);
            }
        }
        byte[] overlapping = [.. plain];
        overlapping.AsSpan(directory + 42, 4).CopyTo(overlapping.AsSpan(second + 42));
        yield return new("npz, two entries in one place", "a.npz", overlapping);
        yield return new("npz, a zip in front of it", "a.npz", [.. plain, .. plain]);
        yield return new("npz, end record only", "a.npz", [.. "PK\u0005\u0006"u8, .. new byte[18]]);
        yield return new("npz, end record says 65535 entries", "a.npz", [.. "PK\u0005\u0006"u8, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        yield return new("pt, two pickles", "demo.pt", ZipWriter.Write(("a/data.pkl", []), ("b/data.pkl", [])));
        yield return new("pt, names with other digits", "demo.pt", ZipWriter.Write(
            ("a/data.pkl", new PickleWriter().Op("}").Text("l\u0661.x").Tensor("0", "FloatStorage", 4, 0, [4], [1]).Op("s").Stop()), ("a/data/0", new byte[16])));
        yield return new("pt, storage named as a path", "demo.pt", ZipWriter.Write(
            ("a/data.pkl", new PickleWriter().Op("}").Text("x").Tensor("../../../etc/passwd", "FloatStorage", 4, 0, [4], [1]).Op("s").Stop())));
        foreach (long[] shape in new[] { new[] { int.MaxValue, 0L }, [0L, int.MaxValue], [0L, 0, int.MaxValue, int.MaxValue], [int.MaxValue, int.MaxValue, int.MaxValue, 0] })
        {
            yield return new($"pt, convolution {string.Join('x', shape)}", "demo.pt", ZipWriter.Write(
                ("a/data.pkl", new PickleWriter().Op("}(").Text("l1.gcn1.conv_d.0.weight").Tensor("0", "FloatStorage", 4, 0, shape, new long[shape.Length])
                    .Text("fc.weight").Tensor("0", "FloatStorage", 4, 0, shape, new long[shape.Length]).Op("u").Stop()), ("a/data/0", new byte[16])));
        }
    }

    private static IEnumerable<BadInputCase> Headers()
    {
        static BadInputCase Tensors(string name, string header, int values = 16)
        {
            byte[] json = Encoding.UTF8.GetBytes(header);
            return new($"safetensors, {name}", "a.safetensors", [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[values]]);
        }
        static BadInputCase Clips(string name, string header) => new($"npy, {name}", "clips.npy", NpyTests.Npy(header, new byte[24], 2));

        yield return Tensors("deep", new string('[', 5_000_000));
        yield return Tensors("one key a million times as long", $$$"""{"{{{new string('k', 1_000_000)}}}":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""");
        yield return Tensors("shape of a million", $$$"""{"x":{"dtype":"F32","shape":[{{{string.Join(',', Enumerable.Repeat("1", 500_000))}}}],"data_offsets":[0,4]}}""");
        yield return Tensors("empty offsets", """{"x":{"dtype":"F32","shape":[],"data_offsets":[]}}""");
        yield return Tensors("huge offsets", """{"x":{"dtype":"U8","shape":[1],"data_offsets":[9223372036854775807,9223372036854775807]}}""");
        yield return Tensors("half a surrogate", """{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""");
        yield return Tensors("null tensor", """{"x":null}""");
        yield return Tensors("null type", """{"x":{"dtype":null,"shape":[1],"data_offsets":[0,1]}}""");
        yield return Tensors("fractions", """{"x":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""");
        yield return Tensors("null", "null");
        yield return Tensors("all in one place", "{" + string.Join(',', Enumerable.Range(0, 2000).Select(n => $$$"""
            "t{{{n}}}":{"dtype":"U8","shape":[1048576],"data_offsets":[0,1048576]}
            """)) + "}", 1 << 20);
        yield return Clips("blanks", new string(' ', 60_000));
        yield return Clips("brackets", "{'shape': " + new string('(', 60_000));
        yield return Clips("33 axes", $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Join(',', Enumerable.Repeat("1", 33))})}}");
        yield return Clips("product beyond", "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 3, 65536, 65536, 65536)}");
        yield return Clips("zero beside huge", "{'descr': '<f8', 'fortran_order': True, 'shape': (0, 3, 2000000000, 2000000000, 2000000000)}");
        yield return Clips("pickled objects", "{'descr': '|O', 'fortran_order': False, 'shape': (1, 3, 1, 1, 1)}");
        yield return new("npy, nothing", "clips.npy", []);
        yield return new("labels.npy, nothing", "labels.npy", []);
    }

    private static IEnumerable<BadInputCase> Texts()
    {
        string good = Encoding.UTF8.GetString(BaseFiles.All["accelerator.json"]);
        BadInputCase Json(string name, string text) => new($"json, {name}", "accelerator.json", Encoding.UTF8.GetBytes(text));
        yield return Json("deep", new string('[', 1_000_000));
        yield return Json("deep in strides", "{ \"strides\": " + new string('[', 63));
        yield return Json("long name", $"{{ \"name\": \"{new string('x', 4_000_000)}\" }}");
        yield return Json("long key", $"{{ \"{new string('x', 4_000_000)}\": 1 }}");
        yield return Json("many entries", $"{{ \"strides\": [{string.Join(',', Enumerable.Repeat("9", 500_000))}] }}");
        yield return Json("many blocks", $"{{ \"hardware\": {{ \"blocks\": [{string.Join(',', Enumerable.Repeat("{}", 500_000))}] }} }}");
        yield return Json("many null blocks", $"{{ \"hardware\": {{ \"blocks\": [{string.Join(',', Enumerable.Repeat("null", 500_000))}] }} }}");
        foreach (string path in new[] { "/", ".", "..", "/dev/zero", "/dev/stdin", "/proc/self/mem", "/etc/passwd", "demo.pt/x", "a\\u0000b.pt", "\\ud800.pt", "\\n", "CON", new string('x', 5000) })
        {
            yield return Json($"checkpoint {path[..Math.Min(12, path.Length)]}", good.Replace("\"demo.pt\"", $"\"{path}\"", StringComparison.Ordinal));
            yield return Json($"graph {path[..Math.Min(12, path.Length)]}", good.Replace("\"ntu-25\"", $"\"{path}\"", StringComparison.Ordinal));
        }
        BadInputCase Graph(string name, string text) => new($"joints, {name}", "joints.json", Encoding.UTF8.GetBytes(text));
        yield return Graph("deep", new string('[', 500_000));
        yield return Graph("many edges", $"{{ \"joints\": 1024, \"center\": 0, \"edges\": [{string.Join(',', Enumerable.Range(1, 1023).Select(n => $"[{n},{n - 1}]").Concat(Enumerable.Repeat("[1,0]", 100_000)))}] }}");
        yield return Graph("long edge", $"{{ \"joints\": 3, \"edges\": [[{string.Join(',', Enumerable.Repeat("1", 400_000))}]] }}");
        yield return Graph("beyond", "{ \"joints\": 1e400, \"edges\": [] }");
        yield return Graph("key", "{ \"\\ud800\": 1 }");
        BadInputCase Skeleton(string name, string text) => new($"skeleton, {name}", "a.skeleton", Encoding.UTF8.GetBytes(text));
        yield return Skeleton("many empty frames", "10000\n" + string.Concat(Enumerable.Repeat("0\n", 10_000)));
        yield return Skeleton("many bodies", "1\n64\n" + string.Concat(Enumerable.Range(1, 64).Select(SkeletonFileTests.Body)));
        yield return Skeleton("far apart", "1\n1\n" + SkeletonFileTests.Body(1).Replace(" -1 ", " 3e38 ", StringComparison.Ordinal).Replace("1.", "-3e38 0", StringComparison.Ordinal));
        yield return Skeleton("zeros", "1\n1\nb\n25\n" + string.Concat(Enumerable.Repeat("0 0 0\n", 25)));
        yield return Skeleton("a long last line", "1\n0\n" + new string(' ', 5_000_000));
        yield return Skeleton("zero characters", new string('\0', 100_000));
    }
}
