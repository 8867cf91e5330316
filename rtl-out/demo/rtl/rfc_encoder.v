// RFC encoder: WIDTH raw values a cycle are packed into banks of 16 (hot code and non-zero
// values to the front). last_i ends a bank: bank_valid_o follows two cycles later, for one cycle.
// No back-pressure: the stage in front reserves a place behind before it starts a bank.
`default_nettype none

module rfc_encoder #(
  parameter BITS = 16,
  parameter WIDTH = 4
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire valid_i,
  input  wire last_i,
  input  wire [WIDTH*BITS-1:0] values_i,
  output reg  bank_valid_o,
  output reg  [15:0] hot_o,
  output reg  [16*BITS-1:0] data_o
);
  // Stage 1: the chunk, its non-zeros moved to the front.
  reg valid_q;
  reg last_q;
  reg [WIDTH-1:0] nonzero_q;
  reg [WIDTH*BITS-1:0] packed_q;
  reg [WIDTH*BITS-1:0] packed_d;
  reg [WIDTH-1:0] nonzero;
  reg [4:0] count_q;
  integer i;
  integer n;

  always @* begin
    packed_d = {WIDTH*BITS{1'b0}};
    n = 0;
    for (i = 0; i < WIDTH; i = i + 1) begin
      nonzero[i] = values_i[i*BITS +: BITS] != {BITS{1'b0}};
      if (nonzero[i]) begin
        packed_d[n*BITS +: BITS] = values_i[i*BITS +: BITS];
        n = n + 1;
      end
    end
  end

  // Stage 2: append to the bank in progress.
  reg [3:0] chunk_q;
  reg [4:0] fill_q;
  integer s;
  integer k;

  always @(posedge clk_i) begin
    nonzero_q <= nonzero;
    packed_q <= packed_d;
    count_q <= n[4:0];
    if (valid_q) begin
      if (chunk_q == 4'd0) hot_o <= {{(16-WIDTH){1'b0}}, nonzero_q};
      else hot_o[chunk_q*WIDTH[3:0] +: WIDTH] <= nonzero_q;
      for (s = 0; s < 16; s = s + 1) begin
        for (k = 0; k < WIDTH; k = k + 1) begin
          if (k < {27'd0, count_q} && s == {27'd0, fill_q} + k) data_o[s*BITS +: BITS] <= packed_q[k*BITS +: BITS];
        end
      end
    end
    if (rst_i) begin
      valid_q <= 1'b0;
      last_q <= 1'b0;
      bank_valid_o <= 1'b0;
      chunk_q <= 4'd0;
      fill_q <= 5'd0;
    end else begin
      valid_q <= valid_i;
      last_q <= last_i;
      bank_valid_o <= valid_q && last_q;
      if (valid_q) begin
        chunk_q <= last_q ? 4'd0 : chunk_q + 4'd1;
        fill_q <= last_q ? 5'd0 : fill_q + count_q;
      end
    end
  end
endmodule

`default_nettype wire
