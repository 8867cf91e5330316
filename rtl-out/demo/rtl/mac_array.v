// Multiply-accumulate array: COLUMNS x LANES accumulators fed by one operand pair per cycle,
// captured into holding registers at the end of a pass and drained one column per cycle.
//
// OUTER = 0: one activation a for all products, one weight each (graph and row engines).
// OUTER = 1: product (c, l) is a[c] * w[l] (spatial array: joints x channels).
//
// valid_i at cycle t is in the accumulators at t + 3. capture_i at t puts column c on sum_o at
// t + 5 + c. Captures must be at least COLUMNS cycles apart; the issuing engine guarantees it.
`default_nettype none

module mac_array #(
  parameter COLUMNS = 2,
  parameter LANES = 2,
  parameter A_BITS = 16,
  parameter W_BITS = 16,
  parameter ACC_BITS = 40,
  parameter OUTER = 0
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire valid_i,
  input  wire first_i,
  input  wire capture_i,
  input  wire [(OUTER != 0 ? COLUMNS : 1)*A_BITS-1:0] a_i,
  input  wire [(OUTER != 0 ? LANES : COLUMNS*LANES)*W_BITS-1:0] w_i,
  output reg  sum_valid_o,
  output reg  [(COLUMNS > 1 ? $clog2(COLUMNS) : 1)-1:0] sum_column_o,
  output reg  [LANES*ACC_BITS-1:0] sum_o
);
  /*verilator no_inline_module*/
  localparam PRODUCTS = COLUMNS*LANES;
  localparam A_COUNT = (OUTER != 0) ? COLUMNS : 1;
  localparam W_COUNT = (OUTER != 0) ? LANES : PRODUCTS;
  localparam COLUMN_BITS = (COLUMNS > 1) ? $clog2(COLUMNS) : 1;
  localparam M_BITS = A_BITS + W_BITS;
  localparam LAST = COLUMNS - 1;
  // Powers of two: Verilator then needs no bounds check per element.
  localparam A_SIZE = 1 << $clog2(A_COUNT);
  localparam W_SIZE = 1 << $clog2(W_COUNT);
  localparam P_SIZE = 1 << $clog2(PRODUCTS);

  (* mem2reg *) reg signed [A_BITS-1:0] a_q [0:A_SIZE-1];
  (* mem2reg *) reg signed [W_BITS-1:0] w_q [0:W_SIZE-1];
  (* mem2reg *) reg signed [M_BITS-1:0] m_q [0:P_SIZE-1];
  (* mem2reg *) reg signed [ACC_BITS-1:0] acc_q [0:P_SIZE-1];
  (* mem2reg *) reg signed [ACC_BITS-1:0] hold_q [0:P_SIZE-1];
  reg valid_q;
  reg valid_q2;
  reg first_q;
  reg first_q2;
  reg capture_q;
  reg capture_q2;
  reg capture_q3;
  reg drain_q;
  reg [COLUMN_BITS-1:0] column_q;

  integer i;
  integer c;
  integer l;

  always @(posedge clk_i) begin
    first_q <= first_i;
    first_q2 <= first_q;
    if (drain_q) sum_column_o <= column_q;
  end

  // The datapath, last stage first: each register is read before it is written, so blocking
  // assignments describe the same registers as non-blocking ones, and simulate many times faster.
  always @(posedge clk_i) begin
    if (drain_q) begin
      for (l = 0; l < LANES; l = l + 1) begin
        sum_o[l*ACC_BITS +: ACC_BITS] <= hold_q[column_q*LANES + l];
      end
    end
    if (capture_q3) begin
      for (i = 0; i < PRODUCTS; i = i + 1) hold_q[i] = acc_q[i];
    end
    if (valid_q2) begin
      for (i = 0; i < PRODUCTS; i = i + 1) begin
        acc_q[i] = (first_q2 ? {ACC_BITS{1'b0}} : acc_q[i])
                   + {{(ACC_BITS-M_BITS){m_q[i][M_BITS-1]}}, m_q[i]};
      end
    end
    if (valid_q) begin
      for (c = 0; c < COLUMNS; c = c + 1) begin
        for (l = 0; l < LANES; l = l + 1) begin
          m_q[c*LANES + l] = a_q[(OUTER != 0) ? c : 0] * w_q[(OUTER != 0) ? l : c*LANES + l];
        end
      end
    end
    if (valid_i) begin
      for (i = 0; i < A_COUNT; i = i + 1) a_q[i] = a_i[i*A_BITS +: A_BITS];
      for (i = 0; i < W_COUNT; i = i + 1) w_q[i] = w_i[i*W_BITS +: W_BITS];
    end
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 1'b0;
      valid_q2 <= 1'b0;
      capture_q <= 1'b0;
      capture_q2 <= 1'b0;
      capture_q3 <= 1'b0;
      drain_q <= 1'b0;
      column_q <= {COLUMN_BITS{1'b0}};
      sum_valid_o <= 1'b0;
    end else begin
      valid_q <= valid_i;
      valid_q2 <= valid_q;
      capture_q <= capture_i;
      capture_q2 <= capture_q;
      capture_q3 <= capture_q2;
      sum_valid_o <= drain_q;
      if (capture_q3) begin
        drain_q <= 1'b1;
        column_q <= {COLUMN_BITS{1'b0}};
      end else if (column_q == LAST[COLUMN_BITS-1:0]) begin
        drain_q <= 1'b0;
      end else if (drain_q) begin
        column_q <= column_q + 1'b1;
      end
    end
  end
endmodule

`default_nettype wire
