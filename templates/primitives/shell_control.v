// What the shell counts, and its reset: aresetn or a write to CONTROL resets core and framer for
// RESET_CYCLES cycles. Everything here counts from the end of the last reset.
`default_nettype none

module shell_control #(
  parameter RESET_CYCLES = 16
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire start_i,
  input  wire hold_i,
  output reg  core_rst_o,
  input  wire clip_i,
  input  wire short_i,
  input  wire long_i,
  input  wire result_i,
  input  wire bad_i,
  input  wire snapshot_i,
  output reg  [31:0] clips_o,
  output reg  [31:0] results_o,
  output reg  [31:0] short_clips_o,
  output reg  [31:0] long_clips_o,
  output reg  [31:0] first_bad_o,
  output reg  [63:0] cycles_o
);
  localparam COUNT_BITS = $clog2(RESET_CYCLES + 1);

  reg [COUNT_BITS-1:0] left_q;
  reg [63:0] cycles_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) left_q <= RESET_CYCLES[COUNT_BITS-1:0];
    else if (left_q != {COUNT_BITS{1'b0}}) left_q <= left_q - 1'b1;
    core_rst_o <= rst_i || start_i || (left_q != {COUNT_BITS{1'b0}});
  end

  always @(posedge clk_i) begin
    if (core_rst_o) begin
      clips_o <= 32'd0;
      results_o <= 32'd0;
      short_clips_o <= 32'd0;
      long_clips_o <= 32'd0;
      first_bad_o <= 32'd0;
      cycles_q <= 64'd0;
    end else begin
      if (clip_i) clips_o <= clips_o + 32'd1;
      if (result_i) results_o <= results_o + 32'd1;
      if (short_i) short_clips_o <= short_clips_o + 32'd1;
      if (long_i) long_clips_o <= long_clips_o + 32'd1;
      // A short clip is not complete yet, a long one is.
      if (!bad_i && short_i) first_bad_o <= clips_o;
      else if (!bad_i && long_i) first_bad_o <= clips_o - 32'd1;
      if (!hold_i) cycles_q <= cycles_q + 64'd1;
    end
    if (snapshot_i) cycles_o <= cycles_q;
  end
endmodule

`default_nettype wire
