// Simple dual port memory with a registered read: the word addressed at cycle t is on the
// output at t + 1. Maps to block RAM or LUT-RAM.
`default_nettype none

module memory_sdp #(
  parameter WIDTH = 16,
  parameter DEPTH = 64
) (
  input  wire clk_i,
  input  wire write_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] write_address_i,
  input  wire [WIDTH-1:0] write_data_i,
  input  wire read_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] read_address_i,
  output reg  [WIDTH-1:0] read_data_o
);
  reg [WIDTH-1:0] mem [0:DEPTH-1];

  always @(posedge clk_i) begin
    if (write_i) mem[write_address_i] <= write_data_i;
    if (read_i) read_data_o <= mem[read_address_i];
  end
endmodule

`default_nettype wire
