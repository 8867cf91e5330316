// Read-only memory loaded from FILE, with a registered read or, with REGISTERED = 0, an asynchronous one.
// BLOCK_RAM = 1 puts a registered one into block RAM, 0 into LUTs.
`default_nettype none

module memory_rom #(
  parameter WIDTH = 16,
  parameter DEPTH = 64,
  parameter FILE = "rom.mem",
  parameter REGISTERED = 1,
  parameter BLOCK_RAM = (REGISTERED != 0 && DEPTH > 64) ? 1 : 0
) (
  input  wire clk_i,
  input  wire read_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] address_i,
  output wire [WIDTH-1:0] data_o
);
  generate
    if (BLOCK_RAM != 0) begin : gen_block
      (* rom_style = "block" *) reg [WIDTH-1:0] mem [0:DEPTH-1];
      reg [WIDTH-1:0] data_q;
      initial $readmemh(FILE, mem);
      always @(posedge clk_i) begin
        if (read_i) data_q <= mem[address_i];
      end
      assign data_o = data_q;
    end else begin : gen_lut
      (* rom_style = "distributed" *) reg [WIDTH-1:0] mem [0:DEPTH-1];
      initial $readmemh(FILE, mem);
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
    end
  endgenerate
endmodule

`default_nettype wire
