// One bank of the temporal engine's ring of partial sums: read, add (or reload), write back.
// An operation at cycle t reads; the write follows at t + 1. Two operations on one address must be
// at least two cycles apart. With bypass_i the memory is left alone and read_o is the operand.
`default_nettype none

module ring_bank #(
  parameter DEPTH = 900,
  parameter BITS = 40,
  parameter LUT_WORDS = 64 // a ring of up to so many words is made of LUTs
) (
  input  wire clk_i,
  input  wire operate_i,
  input  wire reload_i,
  input  wire bypass_i,
  input  wire [(DEPTH > 1 ? $clog2(DEPTH) : 1)-1:0] address_i,
  input  wire [BITS-1:0] add_i,
  input  wire [BITS-1:0] reload_value_i,
  output wire [BITS-1:0] read_o
);
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;

  wire [BITS-1:0] read_q;
  reg [BITS-1:0] operand_q;
  reg [ADDRESS_BITS-1:0] address_q;
  reg operate_q;
  reg reload_q;
  reg bypass_q;

  memory_sdp #(.WIDTH(BITS), .DEPTH(DEPTH), .BLOCK_RAM((DEPTH > LUT_WORDS) ? 1 : 0)) u_memory (
    .clk_i(clk_i), .write_i(operate_q && !bypass_q), .write_address_i(address_q),
    .write_data_i(reload_q ? operand_q : read_q + operand_q),
    .read_i(operate_i && !bypass_i), .read_address_i(address_i), .read_data_o(read_q)
  );

  assign read_o = bypass_q ? operand_q : read_q;

  always @(posedge clk_i) begin
    if (operate_i) begin
      address_q <= address_i;
      operand_q <= reload_i ? reload_value_i : add_i;
      reload_q <= reload_i;
      bypass_q <= bypass_i;
    end
    operate_q <= operate_i;
  end
endmodule

`default_nettype wire
