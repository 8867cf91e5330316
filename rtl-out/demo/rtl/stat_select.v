// One of the counters, the cycle after its index. Those before FIRST and beyond the last read as zero.
`default_nettype none

module stat_select #(
  parameter FIRST = 0,
  parameter WORDS = 4
) (
  input  wire clk_i,
  input  wire [15:0] select_i,
  input  wire [WORDS*32-1:0] words_i,
  output reg  [31:0] data_o
);
  localparam INDEX_BITS = (WORDS > 1) ? $clog2(WORDS) : 1;

  wire [15:0] index = select_i - FIRST[15:0]; // of those before FIRST beyond the last

  always @(posedge clk_i) data_o <= (index < WORDS[15:0]) ? words_i[index[INDEX_BITS-1:0]*32 +: 32] : 32'd0;
endmodule

`default_nettype wire
