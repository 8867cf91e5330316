// Outer-product array: COLUMNS x LANES accumulators of a[c] * w[l], one operand pair of every column per cycle;
// at the end of a pass the columns leave one after another.
//
// Column c works c cycles behind column 0, so that its sums are complete just when they have to leave. They are then
// taken into registers that are zero in every other cycle, and a word is the OR of all columns: no multiplexer, and
// no registers that hold the sums of all columns at once.
//
// PACKED = 1 (BITS at most 8; ACC_BITS at least 18): two products that share an operand take one 27 x 18 multiplier:
// two lanes of a column, and where LANES is odd two columns of the last lane. Of two lanes the second's weight comes less one
// where the first's is negative (PackedWeights). Timing is the same.
//
// valid_i at cycle t is in the accumulators of column c at t + 3 + c. capture_i at t puts column c on sum_o at
// t + 5 + c. Captures must be at least COLUMNS cycles apart; the issuing engine guarantees it.
`default_nettype none

module outer_array #(
  parameter COLUMNS = 2,
  parameter LANES = 2,
  parameter BITS = 16,
  parameter ACC_BITS = 40,
  parameter PACKED = 0
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire valid_i,
  input  wire first_i,
  input  wire capture_i,
  input  wire [COLUMNS*BITS-1:0] a_i,
  input  wire [LANES*BITS-1:0] w_i,
  output reg  sum_valid_o,
  output reg  [(COLUMNS > 1 ? $clog2(COLUMNS) : 1)-1:0] sum_column_o,
  output reg  [LANES*ACC_BITS-1:0] sum_o
);
  /*verilator no_inline_module*/
  localparam COLUMN_BITS = (COLUMNS > 1) ? $clog2(COLUMNS) : 1;
  localparam LAST = COLUMNS - 1;
  localparam PRODUCTS = COLUMNS*LANES;
  localparam LANE_PAIRS = LANES/2;
  localparam PARTS = (COLUMNS + 5)/6; // of the OR of all columns

  // What column 0 does in a cycle, delayed: bit n is n + 1 cycles old.
  reg [COLUMNS+2:0] valid_q;
  reg [COLUMNS+2:0] idle_q; // no capture: the form in which registers are reset
  reg [COLUMNS+2:0] first_q;
  reg drain_q;
  reg [COLUMN_BITS-1:0] column_q;

  always @(posedge clk_i) begin
    first_q <= {first_q[COLUMNS+1:0], first_i};
    if (drain_q) sum_column_o <= column_q;
    if (rst_i) begin
      valid_q <= {(COLUMNS+3){1'b0}};
      idle_q <= {(COLUMNS+3){1'b1}};
      drain_q <= 1'b0;
      column_q <= {COLUMN_BITS{1'b0}};
      sum_valid_o <= 1'b0;
    end else begin
      valid_q <= {valid_q[COLUMNS+1:0], valid_i};
      idle_q <= {idle_q[COLUMNS+1:0], !capture_i};
      sum_valid_o <= drain_q;
      if (!idle_q[2]) begin
        drain_q <= 1'b1;
        column_q <= {COLUMN_BITS{1'b0}};
      end else if (column_q == LAST[COLUMN_BITS-1:0]) begin
        drain_q <= 1'b0;
      end else if (drain_q) begin
        column_q <= column_q + 1'b1;
      end
    end
  end

  // ---- Operands: column c has its a after c cycles, and hands w on to column c + 1 -------------------------------
  // The datapath is in blocking assignments, last stage first: each register is read before it is written, so they
  // describe the same registers as non-blocking ones, and simulate many times faster. Not so taken_q, which is read outside of the block.
  localparam A_SIZE = 1 << $clog2(COLUMNS + 1);
  localparam W_SIZE = 1 << $clog2(COLUMNS);
  (* mem2reg *) reg signed [BITS-1:0] a_q [0:A_SIZE-1];
  (* mem2reg *) reg [(COLUMNS+1)*BITS-1:0] late_q [0:A_SIZE-1]; // of column c, the newest in the lowest bits

  integer c;

  generate
    if (PACKED == 0) begin : gen_single
      localparam M_BITS = 2*BITS;
      localparam SIZE = 1 << $clog2(PRODUCTS);
      (* mem2reg *) reg [LANES*BITS-1:0] w_q [0:W_SIZE-1];
      (* mem2reg *) reg signed [M_BITS-1:0] m_q [0:SIZE-1];
      (* mem2reg *) reg signed [ACC_BITS-1:0] acc_q [0:SIZE-1];
      (* mem2reg *) reg [ACC_BITS-1:0] taken_q [0:SIZE-1];
      integer l;

      // A word is the OR of all columns. A LUT takes six; kept apart, since synthesis would balance the whole
      // into a tree of pairs, which takes more LUTs.
      wire [LANES*ACC_BITS-1:0] word;
      genvar g;
      for (g = 0; g < LANES; g = g + 1) begin : gen_lane
        (* keep *) reg [PARTS*ACC_BITS-1:0] part;
        reg [ACC_BITS-1:0] sum;
        integer k;
        always @* begin
          part = {PARTS*ACC_BITS{1'b0}};
          for (k = 0; k < COLUMNS; k = k + 1) part[k/6*ACC_BITS +: ACC_BITS] = part[k/6*ACC_BITS +: ACC_BITS] | taken_q[k*LANES + g];
          sum = {ACC_BITS{1'b0}};
          for (k = 0; k < PARTS; k = k + 1) sum = sum | part[k*ACC_BITS +: ACC_BITS];
        end
        assign word[g*ACC_BITS +: ACC_BITS] = sum;
      end

      always @(posedge clk_i) begin
        if (drain_q) sum_o <= word;
        for (c = 0; c < COLUMNS; c = c + 1) begin
          for (l = 0; l < LANES; l = l + 1) begin
            taken_q[c*LANES + l] <= acc_q[c*LANES + l];
            if (idle_q[2+c]) taken_q[c*LANES + l] <= {ACC_BITS{1'b0}};
          end
        end
        for (c = 0; c < COLUMNS; c = c + 1) begin
          if (valid_q[1+c]) begin
            for (l = 0; l < LANES; l = l + 1) begin
              acc_q[c*LANES + l] = (first_q[1+c] ? {ACC_BITS{1'b0}} : acc_q[c*LANES + l])
                                   + {{(ACC_BITS-M_BITS){m_q[c*LANES + l][M_BITS-1]}}, m_q[c*LANES + l]};
            end
          end
        end
        for (c = 0; c < COLUMNS; c = c + 1) begin
          if (valid_q[c]) begin
            for (l = 0; l < LANES; l = l + 1) m_q[c*LANES + l] = a_q[c] * $signed(w_q[c][l*BITS +: BITS]);
          end
        end
        for (c = COLUMNS - 1; c > 0; c = c - 1) w_q[c] = w_q[c-1];
        w_q[0] = w_i;
        for (c = 0; c < COLUMNS; c = c + 1) begin
          late_q[c] = {late_q[c][COLUMNS*BITS-1:0], a_i[c*BITS +: BITS]};
          a_q[c] = late_q[c][c*BITS +: BITS];
        end
      end
    end else begin : gen_packed
      localparam SHIFT = 18; // of the upper field of a pair; see pair_sums.v
      localparam LANE_PRODUCTS = COLUMNS*LANE_PAIRS; // pairs of two lanes; those of two columns are behind them
      localparam COLUMN_PAIRS = (LANES % 2 != 0) ? (COLUMNS + 1)/2 : 0;
      localparam PAIRS = LANE_PRODUCTS + COLUMN_PAIRS;
      localparam PAIR_BITS = BITS + SHIFT + 1; // a pair of values of a may be one bit longer than one of weights
      localparam M_BITS = PAIR_BITS + BITS - 1; // the pair is never the least number of its width
      localparam P_BITS = ACC_BITS + SHIFT;
      localparam COUNT_BITS = (ACC_BITS > SHIFT) ? ACC_BITS - SHIFT : 1;
      localparam TAKEN_BITS = P_BITS + COUNT_BITS;
      localparam TAKEN_LANES = (LANES + 1)/2;
      localparam SIZE = 1 << $clog2(PAIRS);
      (* mem2reg *) reg [LANES*BITS-1:0] w_q [0:W_SIZE-1];
      (* mem2reg *) reg [2*BITS:0] a_pair_q [0:W_SIZE-1]; // of two columns, for the last of an odd number of lanes: {high, low}
      (* mem2reg *) reg signed [M_BITS-1:0] m_q [0:SIZE-1];
      (* mem2reg *) reg signed [P_BITS-1:0] acc_q [0:SIZE-1];
      (* mem2reg *) reg [COUNT_BITS-1:0] wraps_q [0:SIZE-1]; // less one
      (* mem2reg *) reg [1:0] upper_q [0:SIZE-1]; // upper bits of the lower field before the last product
      (* mem2reg *) reg [TAKEN_BITS-1:0] taken_q [0:SIZE-1]; // {wraps, sum} of each pair
      reg [COLUMNS-1:0] start_q; // bit c: the sum of column c has its first product
      reg [COLUMNS-1:0] load_q; // bit c: the sums of column c leave
      reg [COLUMNS-1:0] clear_q; // bit c: neither those of column c nor those of c + 1, which may be its pair
      reg [BITS-1:0] low;
      reg signed [BITS:0] high;
      reg up;
      reg down;
      reg [COUNT_BITS-1:0] step;
      integer l;

      // The bits of a pair side by side, high * 2^18 + low: high comes less one where low is negative.
      function signed [PAIR_BITS-1:0] pair_of;
        input [BITS-1:0] field;
        input [BITS:0] above;
        pair_of = {above, {(SHIFT-BITS){field[BITS-1]}}, field};
      endfunction

      wire [TAKEN_LANES*ACC_BITS-1:0] sum_low;
      wire [TAKEN_LANES*ACC_BITS-1:0] sum_high;
      genvar g;
      for (g = 0; g < TAKEN_LANES; g = g + 1) begin : gen_lane
        // Pairs of a lane by column, or pairs of columns.
        localparam COUNT = (g < LANE_PAIRS) ? COLUMNS : COLUMN_PAIRS;
        (* keep *) reg [PARTS*TAKEN_BITS-1:0] part; // as above
        reg [TAKEN_BITS-1:0] pair;
        integer k;
        always @* begin
          part = {PARTS*TAKEN_BITS{1'b0}};
          for (k = 0; k < COUNT; k = k + 1) begin
            part[k/6*TAKEN_BITS +: TAKEN_BITS] = part[k/6*TAKEN_BITS +: TAKEN_BITS]
              | taken_q[(g < LANE_PAIRS) ? k*LANE_PAIRS + g : LANE_PRODUCTS + k];
          end
          pair = {TAKEN_BITS{1'b0}};
          for (k = 0; k < PARTS; k = k + 1) pair = pair | part[k*TAKEN_BITS +: TAKEN_BITS];
        end
        pair_sums #(.ACC_BITS(ACC_BITS)) u_sums (
          .pair_i(pair[P_BITS-1:0]), .wraps_i(pair[P_BITS +: COUNT_BITS]),
          .low_o(sum_low[g*ACC_BITS +: ACC_BITS]), .high_o(sum_high[g*ACC_BITS +: ACC_BITS])
        );
      end

      always @(posedge clk_i) begin
        if (drain_q) begin
          for (l = 0; l < LANE_PAIRS; l = l + 1) begin
            sum_o[2*l*ACC_BITS +: ACC_BITS] <= sum_low[l*ACC_BITS +: ACC_BITS];
            sum_o[(2*l+1)*ACC_BITS +: ACC_BITS] <= sum_high[l*ACC_BITS +: ACC_BITS];
          end
          if (COLUMN_PAIRS > 0) begin
            sum_o[(LANES-1)*ACC_BITS +: ACC_BITS] <= (column_q[0] && COLUMNS > 1)
              ? sum_high[(TAKEN_LANES-1)*ACC_BITS +: ACC_BITS] : sum_low[(TAKEN_LANES-1)*ACC_BITS +: ACC_BITS];
          end
        end
        // Sums change by a product at a time, and the first is within the field.
        for (l = 0; l < PAIRS; l = l + 1) begin
          up = upper_q[l] == 2'b01 && acc_q[l][SHIFT-1 -: 2] == 2'b10;
          down = upper_q[l] == 2'b10 && acc_q[l][SHIFT-1 -: 2] == 2'b01;
          step = {COUNT_BITS{down}};
          step[0] = up || down;
          wraps_q[l] = step + wraps_q[l];
          upper_q[l] = acc_q[l][SHIFT-1 -: 2];
        end
        for (c = 0; c < COLUMNS; c = c + 1) begin
          for (l = 0; l < LANE_PAIRS; l = l + 1) begin
            taken_q[c*LANE_PAIRS + l] <= {wraps_q[c*LANE_PAIRS + l], acc_q[c*LANE_PAIRS + l]};
            if (start_q[c]) taken_q[c*LANE_PAIRS + l][P_BITS +: COUNT_BITS] <= {COUNT_BITS{1'b1}};
            if (idle_q[2+c]) taken_q[c*LANE_PAIRS + l] <= {TAKEN_BITS{1'b0}};
          end
          if (COLUMN_PAIRS > 0 && c % 2 == 0) begin
            // It stays for the odd column, which leaves a cycle later.
            if (load_q[c]) taken_q[LANE_PRODUCTS + c/2] <= {wraps_q[LANE_PRODUCTS + c/2], acc_q[LANE_PRODUCTS + c/2]};
            if (load_q[c] && start_q[c]) taken_q[LANE_PRODUCTS + c/2][P_BITS +: COUNT_BITS] <= {COUNT_BITS{1'b1}};
            if (clear_q[c]) taken_q[LANE_PRODUCTS + c/2] <= {TAKEN_BITS{1'b0}};
          end
          if (start_q[c]) begin
            for (l = 0; l < LANE_PAIRS; l = l + 1) wraps_q[c*LANE_PAIRS + l] = {COUNT_BITS{1'b1}};
            if (COLUMN_PAIRS > 0 && c % 2 == 0) wraps_q[LANE_PRODUCTS + c/2] = {COUNT_BITS{1'b1}};
          end
        end
        for (c = 0; c < COLUMNS; c = c + 1) begin
          if (valid_q[1+c]) begin
            for (l = 0; l < LANE_PAIRS; l = l + 1) begin
              acc_q[c*LANE_PAIRS + l] = (first_q[1+c] ? {P_BITS{1'b0}} : acc_q[c*LANE_PAIRS + l])
                + {{(P_BITS-M_BITS){m_q[c*LANE_PAIRS + l][M_BITS-1]}}, m_q[c*LANE_PAIRS + l]};
            end
            if (COLUMN_PAIRS > 0 && c % 2 == 0) begin
              acc_q[LANE_PRODUCTS + c/2] = (first_q[1+c] ? {P_BITS{1'b0}} : acc_q[LANE_PRODUCTS + c/2])
                + {{(P_BITS-M_BITS){m_q[LANE_PRODUCTS + c/2][M_BITS-1]}}, m_q[LANE_PRODUCTS + c/2]};
            end
          end
        end
        start_q = valid_q[COLUMNS:1] & first_q[COLUMNS:1];
        load_q = ~idle_q[COLUMNS:1];
        clear_q = idle_q[COLUMNS:1] & idle_q[COLUMNS+1:2];
        clear_q[LAST] = idle_q[COLUMNS];
        for (c = 0; c < COLUMNS; c = c + 1) begin
          if (valid_q[c]) begin
            for (l = 0; l < LANE_PAIRS; l = l + 1) begin
              low = w_q[c][2*l*BITS +: BITS];
              high = {w_q[c][(2*l+1)*BITS + BITS - 1], w_q[c][(2*l+1)*BITS +: BITS]};
              m_q[c*LANE_PAIRS + l] = pair_of(low, high) * a_q[c];
            end
            if (COLUMN_PAIRS > 0 && c % 2 == 0) begin
              m_q[LANE_PRODUCTS + c/2] = pair_of(a_pair_q[c][BITS-1:0], a_pair_q[c][2*BITS:BITS]) * $signed(w_q[c][(LANES-1)*BITS +: BITS]);
            end
          end
        end
        for (c = COLUMNS - 1; c > 0; c = c - 1) w_q[c] = w_q[c-1];
        w_q[0] = w_i;
        for (c = 0; c < COLUMNS; c = c + 1) begin
          late_q[c] = {late_q[c][COLUMNS*BITS-1:0], a_i[c*BITS +: BITS]};
          a_q[c] = late_q[c][c*BITS +: BITS];
        end
        for (c = 0; c < COLUMNS && COLUMN_PAIRS > 0; c = c + 2) begin
          low = a_q[c];
          high = (c < LAST) ? {late_q[c+1][c*BITS + BITS - 1], late_q[c+1][c*BITS +: BITS]} : {(BITS+1){1'b0}};
          a_pair_q[c] = {high - $signed({{BITS{1'b0}}, low[BITS-1]}), low};
        end
      end
    end
  endgenerate
endmodule

`default_nettype wire
