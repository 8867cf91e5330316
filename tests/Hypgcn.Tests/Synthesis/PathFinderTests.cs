using System.Text.Json;
using Hypgcn.Synthesis;

namespace Hypgcn.Tests.Synthesis;

[TestFixture]
internal sealed class PathFinderTests
{
    // a -> FF q -> LUT x -> carry chain of two -> LUT y -> FF z, and q -> child.in, child.out -> LUT w -> port.
    private const string Json = """
        {
          "ports": {
            "a_i": { "direction": "input", "bits": [2] },
            "w_o": { "direction": "output", "bits": [12] }
          },
          "cells": {
            "ff": { "type": "FDRE", "parameters": {}, "port_directions": { "D": "input", "Q": "output" }, "connections": { "D": [2], "Q": [3] } },
            "l1": { "type": "LUT2", "parameters": {}, "port_directions": { "I0": "input", "I1": "input", "O": "output" }, "connections": { "I0": [3], "I1": ["1"], "O": [4] } },
            "c1": { "type": "CARRY4", "parameters": {}, "port_directions": { "S": "input", "CI": "input", "CO": "output", "O": "output" },
                    "connections": { "S": [4, "0", "0", "0"], "CI": ["0"], "CO": [20, 21, 22, 5], "O": [23, 24, 25, 26] } },
            "c2": { "type": "CARRY4", "parameters": {}, "port_directions": { "S": "input", "CI": "input", "CO": "output", "O": "output" },
                    "connections": { "S": ["0", "0", "0", "0"], "CI": [5], "CO": [30, 31, 32, 33], "O": [6, 7, 8, 9] } },
            "l2": { "type": "LUT6", "parameters": {}, "port_directions": { "I0": "input", "O": "output" }, "connections": { "I0": [9], "O": [10] } },
            "z": { "type": "FDRE", "parameters": {}, "port_directions": { "D": "input", "Q": "output" }, "connections": { "D": [10], "Q": [40] } },
            "u_child": { "type": "child", "parameters": { "WIDTH": "00000000000000000000000000000011", "FILE": "x.mem" },
                         "port_directions": { "in_i": "input", "out_o": "output" }, "connections": { "in_i": [3], "out_o": [11] } },
            "l3": { "type": "LUT6", "parameters": {}, "port_directions": { "I0": "input", "O": "output" }, "connections": { "I0": [11], "O": [12] } }
          },
          "netnames": {
            "first_q": { "hide_name": 0, "bits": [3] },
            "z_q": { "hide_name": 0, "bits": [40] }
          }
        }
        """;

    [Test]
    public void Read_CellOfNoDevice_NamesIt()
    {
        using var json = JsonDocument.Parse(Json.Replace("LUT2", "$_AND_", StringComparison.Ordinal));
        Assert.That(() => Netlist.Read(json.RootElement, type => type == "child"), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "l1: synthesis left a cell of type $_AND_; it is none of the device's. Report it."));
    }

    [Test]
    public void Arcs_LoopOfLogic_SaysSo()
    {
        using var json = JsonDocument.Parse(Json.Replace("\"I1\": [\"1\"]", "\"I1\": [4]", StringComparison.Ordinal));
        Assert.That(() => PathFinder.Arcs(Netlist.Read(json.RootElement, type => type == "child")), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "a module has a loop of logic; paths have no length then. Report it."));
    }

    [Test]
    public void Arcs_Netlist_CountsLutsAndEnteredChains()
    {
        var arcs = PathFinder.Arcs(Read()).Select(arc => (arc.From, arc.To, arc.Levels));
        Assert.That(arcs, Is.EquivalentTo(new[]
        {
            ("", "", 3), ("", "u_child.in_i", 0), ("a_i", "", 0), ("u_child.out_o", "w_o", 1),
        }));
    }

    [Test]
    public void Read_Netlist_CountsCellsAndChildren()
    {
        var netlist = Read();
        Assert.Multiple(() =>
        {
            Assert.That((netlist.Own.Lut, netlist.Own.Ff), Is.EqualTo((3, 2)));
            Assert.That(netlist.Children.Single().Configuration.Text, Is.EqualTo("child FILE=\"x.mem\" WIDTH=3"));
        });
    }

    private static Netlist Read()
    {
        using var json = JsonDocument.Parse(Json);
        return Netlist.Read(json.RootElement, type => type == "child");
    }
}
