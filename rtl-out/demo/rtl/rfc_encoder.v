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
  localparam CHUNKS = 16/WIDTH;

  // Stage 1: the chunk, its non-zeros moved to the front. `at` is the place of the next non-zero, one bit set: places
  // in this form are logic of few levels, where sums of flags would be chains of adders.
  reg valid_q;
  reg last_q;
  reg [WIDTH-1:0] nonzero_q;
  reg [WIDTH*BITS-1:0] packed_q;
  reg [WIDTH*BITS-1:0] packed_d;
  reg [WIDTH-1:0] nonzero;
  reg [WIDTH:0] at;
  reg [4:0] count;
  reg [4:0] count_q;
  integer i;
  integer p;

  always @* begin
    packed_d = {WIDTH*BITS{1'b0}};
    at = {{WIDTH{1'b0}}, 1'b1};
    for (i = 0; i < WIDTH; i = i + 1) begin
      nonzero[i] = values_i[i*BITS +: BITS] != {BITS{1'b0}};
      for (p = 0; p <= i; p = p + 1) begin
        packed_d[p*BITS +: BITS] = packed_d[p*BITS +: BITS] | (values_i[i*BITS +: BITS] & {BITS{at[p]}});
      end
      at = nonzero[i] ? {at[WIDTH-1:0], 1'b0} : at;
    end
    count = 5'd0;
    for (i = 0; i <= WIDTH; i = i + 1) count = count | (i[4:0] & {5{at[i]}});
  end

  // Stage 2: append to the bank in progress.
  reg [3:0] chunk_q;
  reg [4:0] fill_q;
  reg [15:0] placed;
  reg [16*BITS-1:0] data;
  integer s;
  integer k;
  integer c;

  always @* begin
    placed = 16'd0;
    data = {16*BITS{1'b0}};
    for (s = 0; s < 16; s = s + 1) begin
      for (k = 0; k < WIDTH && k <= s; k = k + 1) begin
        if (fill_q == s[4:0] - k[4:0]) begin
          placed[s] = placed[s] | (count_q > k[4:0]);
          data[s*BITS +: BITS] = data[s*BITS +: BITS] | packed_q[k*BITS +: BITS];
        end
      end
    end
  end

  always @(posedge clk_i) begin
    nonzero_q <= nonzero;
    packed_q <= packed_d;
    count_q <= count;
    if (valid_q) begin
      for (c = 0; c < CHUNKS; c = c + 1) begin
        if (chunk_q == c[3:0]) hot_o[c*WIDTH +: WIDTH] <= nonzero_q;
        else if (chunk_q == 4'd0) hot_o[c*WIDTH +: WIDTH] <= {WIDTH{1'b0}};
      end
      for (s = 0; s < 16; s = s + 1) begin
        if (placed[s]) data_o[s*BITS +: BITS] <= data[s*BITS +: BITS];
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
