// Where a stage spends its cycles: busy, blocked (has work, may not go on); the rest is starved.
`default_nettype none

module stage_counter (
  input  wire clk_i,
  input  wire rst_i,
  input  wire hold_i,
  input  wire busy_i,
  input  wire blocked_i,
  output reg  [31:0] busy_o,
  output reg  [31:0] blocked_o
);
  always @(posedge clk_i) begin
    if (rst_i) begin
      busy_o <= 32'd0;
      blocked_o <= 32'd0;
    end else if (!hold_i) begin
      if (busy_i) busy_o <= busy_o + 32'd1;
      if (blocked_i) blocked_o <= blocked_o + 32'd1;
    end
  end
endmodule

`default_nettype wire
