// Simple dual port memory with a registered read: the word addressed at cycle t is on the
// output at t + 1. BLOCK_RAM = 1 puts it into block RAM, 0 into LUTs; a LUT holds 64 words of a bit.
`default_nettype none

module memory_sdp #(
  parameter WIDTH = 16,
  parameter DEPTH = 64,
  parameter BLOCK_RAM = (DEPTH > 64) ? 1 : 0
) (
  input  wire clk_i,
  input  wire write_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] write_address_i,
  input  wire [WIDTH-1:0] write_data_i,
  input  wire read_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] read_address_i,
  output reg  [WIDTH-1:0] read_data_o
);
  generate
    if (BLOCK_RAM != 0) begin : gen_block
      (* ram_style = "block" *) reg [WIDTH-1:0] mem [0:DEPTH-1];
      always @(posedge clk_i) begin
        if (write_i) mem[write_address_i] <= write_data_i;
        if (read_i) read_data_o <= mem[read_address_i];
      end
    end else begin : gen_lut
      (* ram_style = "distributed" *) reg [WIDTH-1:0] mem [0:DEPTH-1];
      always @(posedge clk_i) begin
        if (write_i) mem[write_address_i] <= write_data_i;
        if (read_i) read_data_o <= mem[read_address_i];
      end
    end
  endgenerate
endmodule

`default_nettype wire
