// Multiply-accumulate array: COLUMNS x LANES accumulators fed by one operand pair per cycle,
// captured into holding registers at the end of a pass and drained one column per cycle.
//
// OUTER = 0: one activation a for all products, one weight each (graph and row engines).
// OUTER = 1: product (c, l) is a[c] * w[l] (spatial array: joints x channels).
//
// PACKED = 1 (A_BITS = W_BITS, at most 8; ACC_BITS at least 18): two products that share an operand take one 27 x 18
// multiplier: two lanes of a column, and where LANES is odd two columns of the last lane. Timing is the same.
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
  parameter OUTER = 0,
  parameter PACKED = 0
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
  localparam LAST = COLUMNS - 1;
  // Held sums are read by column: with words of STEP bits, a power of two, that is a multiplexer and nothing else.
  localparam STEP_BITS = $clog2((PACKED != 0) ? 2*ACC_BITS : ACC_BITS);
  localparam STEP = 1 << STEP_BITS;
  localparam HOLD_SIZE = STEP << COLUMN_BITS;
  localparam LANE_SIZE = 1 << $clog2(LANES);
  // Powers of two: Verilator then needs no bounds check per element.
  localparam A_SIZE = 1 << $clog2(A_COUNT + PACKED);
  localparam W_SIZE = 1 << $clog2(W_COUNT + PACKED);

  (* mem2reg *) reg signed [A_BITS-1:0] a_q [0:A_SIZE-1];
  (* mem2reg *) reg signed [W_BITS-1:0] w_q [0:W_SIZE-1];
  reg valid_q;
  reg valid_q2;
  reg first_q;
  reg first_q2;
  reg capture_q;
  reg capture_q2;
  reg capture_q3;
  reg drain_q;
  reg [COLUMN_BITS-1:0] column_q;
  wire [COLUMN_BITS-1:0] column = (COLUMNS > 1) ? column_q : {COLUMN_BITS{1'b0}};

  integer n;

  always @(posedge clk_i) begin
    first_q <= first_i;
    first_q2 <= first_q;
    if (drain_q) sum_column_o <= column_q;
  end

  // The datapath, last stage first: each register is read before it is written, so blocking
  // assignments describe the same registers as non-blocking ones, and simulate many times faster.
  generate
    if (PACKED == 0) begin : gen_single
      localparam M_BITS = A_BITS + W_BITS;
      localparam SIZE = 1 << $clog2(PRODUCTS);
      (* mem2reg *) reg signed [M_BITS-1:0] m_q [0:SIZE-1];
      (* mem2reg *) reg signed [ACC_BITS-1:0] acc_q [0:SIZE-1];
      (* mem2reg *) reg [HOLD_SIZE-1:0] hold_q [0:LANE_SIZE-1];
      integer i;
      integer c;
      integer l;
      always @(posedge clk_i) begin
        if (drain_q) begin
          for (l = 0; l < LANES; l = l + 1) begin
            sum_o[l*ACC_BITS +: ACC_BITS] <= hold_q[l][{column, {STEP_BITS{1'b0}}} +: ACC_BITS];
          end
        end
        if (capture_q3) begin
          for (l = 0; l < LANES; l = l + 1) begin
            for (c = 0; c < COLUMNS; c = c + 1) hold_q[l][c*STEP +: ACC_BITS] = acc_q[c*LANES + l];
          end
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
          for (n = 0; n < A_COUNT; n = n + 1) a_q[n] = a_i[n*A_BITS +: A_BITS];
          for (n = 0; n < W_COUNT; n = n + 1) w_q[n] = w_i[n*W_BITS +: W_BITS];
        end
      end
    end else begin : gen_packed
      // A pair accumulates high * 2^18 + low. Low may outgrow its 18 bits: its products are less than
      // a quarter of 2^18, so the two upper bits of the field show each time that low passes a
      // multiple of 2^18, and a small counter keeps floor(low / 2^18), of which a sum needs FLOOR_BITS. The sums are exact
      // for any length. A sum of 18 bits is in the field as it is.
      localparam SHIFT = 18;
      localparam LANE_PAIRS = LANES/2;
      localparam LANE_PRODUCTS = COLUMNS*LANE_PAIRS; // pairs of two lanes; those of two columns are behind them
      localparam COLUMN_PAIRS = (LANES % 2 != 0) ? (COLUMNS + 1)/2 : 0;
      localparam PAIRS = LANE_PRODUCTS + COLUMN_PAIRS;
      localparam LAST_LANE = LANES - 1;
      localparam PAIR_BITS = W_BITS + SHIFT + 1;
      localparam M_BITS = PAIR_BITS + W_BITS - 1; // the pair is never the least number of its width
      localparam P_BITS = ACC_BITS + SHIFT;
      localparam FLOOR_BITS = ACC_BITS - SHIFT;
      localparam COUNT_BITS = (FLOOR_BITS > 0) ? FLOOR_BITS : 1;
      localparam HELD_BITS = P_BITS + COUNT_BITS;
      localparam LOW_SIGN = (FLOOR_BITS > 0) ? HELD_BITS - 1 : SHIFT - 1;
      localparam SIZE = 1 << $clog2(PAIRS);
      (* mem2reg *) reg signed [M_BITS-1:0] m_q [0:SIZE-1];
      (* mem2reg *) reg signed [P_BITS-1:0] acc_q [0:SIZE-1];
      (* mem2reg *) reg [HOLD_SIZE-1:0] hold_q [0:LANE_SIZE-1]; // {floor, sum} of pairs of lanes, then of columns
      (* mem2reg *) reg [COUNT_BITS-1:0] floor_q [0:SIZE-1];
      (* mem2reg *) reg [1:0] upper_q [0:SIZE-1];
      reg valid_q3;
      reg first_q3;
      integer i;
      integer c;
      integer l;
      reg [1:0] before;
      reg [1:0] now;
      reg [COUNT_BITS-1:0] floor;
      reg [HELD_BITS-1:0] held;

      function signed [PAIR_BITS-1:0] pair_of;
        input signed [W_BITS-1:0] low;
        input signed [W_BITS-1:0] high;
        begin
          pair_of = {high[W_BITS-1], high, {SHIFT{1'b0}}} + {{(PAIR_BITS-W_BITS){low[W_BITS-1]}}, low};
        end
      endfunction

      // A sum as it leaves: low is the field below the counter, high what remains of the field above.
      function [ACC_BITS-1:0] sum_of;
        input [HELD_BITS-1:0] floor_and_sum;
        input is_high;
        reg [P_BITS-1:0] low_sum;
        begin
          low_sum = {P_BITS{floor_and_sum[LOW_SIGN]}};
          low_sum[SHIFT-1:0] = floor_and_sum[SHIFT-1:0];
          if (FLOOR_BITS > 0) low_sum[SHIFT +: COUNT_BITS] = floor_and_sum[P_BITS +: COUNT_BITS];
          sum_of = is_high ? floor_and_sum[SHIFT +: ACC_BITS] - low_sum[SHIFT +: ACC_BITS] : low_sum[ACC_BITS-1:0];
        end
      endfunction

      // The counter goes up or down by one: a bit turns when all below it are ones, or zeros. Few bits need no chain of carries.
      function [COUNT_BITS-1:0] counted;
        input [COUNT_BITS-1:0] count;
        input up;
        input down;
        integer b;
        begin
          for (b = 0; b < COUNT_BITS; b = b + 1) begin
            counted[b] = count[b] ^ (up || down);
            up = up && count[b];
            down = down && !count[b];
          end
        end
      endfunction

      always @(posedge clk_i) begin
        if (drain_q) begin
          for (l = 0; l < LANE_PAIRS; l = l + 1) begin
            held = hold_q[l][{column, {STEP_BITS{1'b0}}} +: HELD_BITS];
            sum_o[2*l*ACC_BITS +: ACC_BITS] <= sum_of(held, 1'b0);
            sum_o[(2*l+1)*ACC_BITS +: ACC_BITS] <= sum_of(held, 1'b1);
          end
          if (COLUMN_PAIRS > 0) begin
            held = hold_q[LANE_PAIRS][{column >> 1, {STEP_BITS{1'b0}}} +: HELD_BITS];
            sum_o[LAST_LANE*ACC_BITS +: ACC_BITS] <= sum_of(held, column[0]);
          end
        end
        if (valid_q3 && FLOOR_BITS > 0) begin
          for (i = 0; i < PAIRS; i = i + 1) begin
            before = first_q3 ? 2'b00 : upper_q[i];
            now = acc_q[i][SHIFT-1 -: 2];
            floor = first_q3 ? {COUNT_BITS{1'b0}} : floor_q[i];
            floor_q[i] = counted(floor, before == 2'b11 && now == 2'b00, before == 2'b00 && now == 2'b11);
            upper_q[i] = now;
          end
        end
        if (capture_q3) begin
          for (l = 0; l < LANE_PAIRS; l = l + 1) begin
            for (c = 0; c < COLUMNS; c = c + 1) begin
              hold_q[l][c*STEP +: HELD_BITS] = {floor_q[c*LANE_PAIRS + l], acc_q[c*LANE_PAIRS + l]};
            end
          end
          for (i = 0; i < COLUMN_PAIRS; i = i + 1) begin
            hold_q[LANE_PAIRS][i*STEP +: HELD_BITS] = {floor_q[LANE_PRODUCTS + i], acc_q[LANE_PRODUCTS + i]};
          end
        end
        if (valid_q2) begin
          for (i = 0; i < PAIRS; i = i + 1) begin
            acc_q[i] = (first_q2 ? {P_BITS{1'b0}} : acc_q[i]) + {{(P_BITS-M_BITS){m_q[i][M_BITS-1]}}, m_q[i]};
          end
        end
        valid_q3 = valid_q2;
        first_q3 = first_q2;
        if (valid_q) begin
          for (c = 0; c < COLUMNS; c = c + 1) begin
            for (l = 0; l < LANE_PAIRS; l = l + 1) begin
              m_q[c*LANE_PAIRS + l] = pair_of(w_q[(OUTER != 0) ? 2*l : c*LANES + 2*l], w_q[(OUTER != 0) ? 2*l + 1 : c*LANES + 2*l + 1])
                                      * a_q[(OUTER != 0) ? c : 0];
            end
          end
          for (i = 0; i < COLUMN_PAIRS; i = i + 1) begin
            m_q[LANE_PRODUCTS + i] = (OUTER != 0)
              ? pair_of(a_q[2*i], a_q[2*i + 1]) * w_q[LAST_LANE]
              : pair_of(w_q[2*i*LANES + LAST_LANE], w_q[(2*i + 1 < COLUMNS) ? (2*i + 1)*LANES + LAST_LANE : W_COUNT]) * a_q[0];
          end
        end
        if (valid_i) begin
          for (n = 0; n < A_COUNT; n = n + 1) a_q[n] = a_i[n*A_BITS +: A_BITS];
          for (n = 0; n < W_COUNT; n = n + 1) w_q[n] = w_i[n*W_BITS +: W_BITS];
          // The other half of the last pair of columns where their number is odd.
          a_q[A_COUNT] = {A_BITS{1'b0}};
          w_q[W_COUNT] = {W_BITS{1'b0}};
        end
      end
    end
  endgenerate

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
