// Read-only memory loaded from FILE, registered read (block RAM) or, with REGISTERED = 0, an
// asynchronous one (LUTs).
`default_nettype none

module memory_rom #(
  parameter WIDTH = 16,
  parameter DEPTH = 64,
  parameter FILE = "rom.mem",
  parameter REGISTERED = 1
) (
  input  wire clk_i,
  input  wire read_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] address_i,
  output wire [WIDTH-1:0] data_o
);
  reg [WIDTH-1:0] mem [0:DEPTH-1];
  initial $readmemh(FILE, mem);

  generate
    if (REGISTERED != 0) begin : gen_registered
      reg [WIDTH-1:0] data_q;
      always @(posedge clk_i) begin
        if (read_i) data_q <= mem[address_i];
      end
      assign data_o = data_q;
    end else begin : gen_asynchronous
      wire _unused_ok = &{1'b0, clk_i, read_i};
      assign data_o = mem[address_i];
    end
  endgenerate
endmodule

`default_nettype wire
