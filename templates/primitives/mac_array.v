// Multiply-accumulate array: COLUMNS x LANES accumulators fed by one operand pair per cycle,
// captured into holding registers at the end of a pass and drained one column per cycle.
//
// One activation a for all products, and one weight each (graph and row engines).
//
// PACKED = 1 (A_BITS = W_BITS, at most 8; ACC_BITS at least 18): two products that share an operand take one 27 x 18
// multiplier: two lanes of a column, and where LANES is odd two columns of the last lane. Of such a pair of weights the
// second comes less one where the first is negative (PackedWeights). Timing is the same.
//
// FABRIC = 1 (with PACKED = 0): products and sums are made of LUTs, with a stage more.
//
// valid_i at cycle t is in the accumulators at t + 3 + FABRIC. capture_i at t puts column c on sum_o at
// t + 5 + FABRIC + c. Captures must be at least COLUMNS cycles apart; the issuing engine guarantees it.
`default_nettype none

module mac_array #(
  parameter COLUMNS = 2,
  parameter LANES = 2,
  parameter A_BITS = 16,
  parameter W_BITS = 16,
  parameter ACC_BITS = 40,
  parameter PACKED = 0,
  parameter FABRIC = 0
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire valid_i,
  input  wire first_i,
  input  wire capture_i,
  input  wire [A_BITS-1:0] a_i,
  input  wire [COLUMNS*LANES*W_BITS-1:0] w_i,
  output reg  sum_valid_o,
  output reg  [(COLUMNS > 1 ? $clog2(COLUMNS) : 1)-1:0] sum_column_o,
  output reg  [LANES*ACC_BITS-1:0] sum_o
);
  /*verilator no_inline_module*/
  localparam PRODUCTS = COLUMNS*LANES;
  localparam COLUMN_BITS = (COLUMNS > 1) ? $clog2(COLUMNS) : 1;
  localparam LAST = COLUMNS - 1;
  // Held sums are read by column: with words of STEP bits, a power of two, that is a multiplexer and nothing else.
  localparam STEP_BITS = $clog2((PACKED != 0) ? 2*ACC_BITS : ACC_BITS);
  localparam STEP = 1 << STEP_BITS;
  localparam HOLD_SIZE = STEP << COLUMN_BITS;
  localparam LANE_SIZE = 1 << $clog2(LANES);
  // Powers of two: Verilator then needs no bounds check per element.
  localparam W_SIZE = 1 << $clog2(PRODUCTS + PACKED);

  reg signed [A_BITS-1:0] a_q;
  (* mem2reg *) reg signed [W_BITS-1:0] w_q [0:W_SIZE-1];
  // What enters, delayed: bit n is n + 1 cycles old.
  reg [1+FABRIC:0] valid_q;
  reg [1+FABRIC:0] first_q;
  reg [2+FABRIC:0] capture_q;
  reg drain_q;
  reg [COLUMN_BITS-1:0] column_q;
  wire [COLUMN_BITS-1:0] column = (COLUMNS > 1) ? column_q : {COLUMN_BITS{1'b0}};

  integer n;

  always @(posedge clk_i) begin
    first_q <= {first_q[FABRIC:0], first_i};
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
      reg signed [ACC_BITS-1:0] term;
      wire first = first_q[1+FABRIC];
      wire [PRODUCTS*M_BITS-1:0] product; // of FABRIC

      if (FABRIC != 0) begin : gen_fabric
        // Registers of its own, since those of the datapath must not be read outside of its block.
        reg [A_BITS-1:0] a;
        reg [PRODUCTS*W_BITS-1:0] w;
        genvar g;
        always @(posedge clk_i) begin
          a <= a_i;
          w <= w_i;
        end
        for (g = 0; g < PRODUCTS; g = g + 1) begin : gen_product
          fabric_product #(.A_BITS(A_BITS), .W_BITS(W_BITS)) u_product (
            .clk_i(clk_i), .a_i(a), .w_i(w[g*W_BITS +: W_BITS]), .product_o(product[g*M_BITS +: M_BITS])
          );
        end
      end else begin : gen_dsp
        genvar g;
        for (g = 0; g < PRODUCTS; g = g + 1) begin : gen_product
          assign product[g*M_BITS +: M_BITS] = {M_BITS{1'b0}};
        end
      end

      always @(posedge clk_i) begin
        if (drain_q) begin
          for (l = 0; l < LANES; l = l + 1) begin
            sum_o[l*ACC_BITS +: ACC_BITS] <= hold_q[l][{column, {STEP_BITS{1'b0}}} +: ACC_BITS];
          end
        end
        if (capture_q[2+FABRIC]) begin
          for (l = 0; l < LANES; l = l + 1) begin
            for (c = 0; c < COLUMNS; c = c + 1) hold_q[l][c*STEP +: ACC_BITS] = acc_q[c*LANES + l];
          end
        end
        if (valid_q[1+FABRIC]) begin
          for (i = 0; i < PRODUCTS; i = i + 1) begin
            term = {{(ACC_BITS-M_BITS){m_q[i][M_BITS-1]}}, m_q[i]};
            if (FABRIC != 0) begin
              // Of an adder in LUTs, Yosys gives the carry chain the shorter operand, of equally long ones that of fewer pieces, else one
              // by chance. The cleared sum there would take a second LUT a bit, so it is signed, which leaves the product shorter, and of
              // two pieces.
              acc_q[i] = term + $signed({first ? {(ACC_BITS-1){1'b0}} : acc_q[i][ACC_BITS-1:1], !first && acc_q[i][0]});
            end else begin
              acc_q[i] = term + $signed(first ? {ACC_BITS{1'b0}} : acc_q[i]);
            end
          end
        end
        if (valid_q[FABRIC]) begin
          for (c = 0; c < COLUMNS; c = c + 1) begin
            for (l = 0; l < LANES; l = l + 1) begin
              m_q[c*LANES + l] = (FABRIC != 0) ? $signed(product[(c*LANES + l)*M_BITS +: M_BITS]) : a_q * w_q[c*LANES + l];
            end
          end
        end
        if (valid_i) begin
          a_q = a_i;
          for (n = 0; n < PRODUCTS; n = n + 1) w_q[n] = w_i[n*W_BITS +: W_BITS];
        end
      end
    end else begin : gen_packed
      localparam SHIFT = 18; // of the upper field of a pair; see pair_sums.v
      localparam LANE_PAIRS = LANES/2;
      localparam LANE_PRODUCTS = COLUMNS*LANE_PAIRS; // pairs of two lanes; those of two columns are behind them
      localparam COLUMN_PAIRS = (LANES % 2 != 0) ? (COLUMNS + 1)/2 : 0;
      localparam PAIRS = LANE_PRODUCTS + COLUMN_PAIRS;
      localparam LAST_LANE = LANES - 1;
      localparam PAIR_BITS = W_BITS + SHIFT;
      localparam M_BITS = PAIR_BITS + W_BITS;
      localparam P_BITS = ACC_BITS + SHIFT;
      localparam COUNT_BITS = (ACC_BITS > SHIFT) ? ACC_BITS - SHIFT : 1;
      localparam HELD_BITS = P_BITS + COUNT_BITS;
      localparam [COUNT_BITS-1:0] LARGEST = {COUNT_BITS{1'b1}} >> 1;
      localparam SIZE = 1 << $clog2(PAIRS);
      localparam HELD_LANES = (LANES + 1)/2;
      (* mem2reg *) reg signed [M_BITS-1:0] m_q [0:SIZE-1];
      (* mem2reg *) reg signed [P_BITS-1:0] acc_q [0:SIZE-1];
      (* mem2reg *) reg [HOLD_SIZE-1:0] hold_q [0:LANE_SIZE-1]; // {wraps, sum} of pairs of lanes, then of columns
      (* mem2reg *) reg [COUNT_BITS-1:0] wraps_q [0:SIZE-1]; // less one
      (* mem2reg *) reg [1:0] upper_q [0:SIZE-1]; // upper bits of the lower field before the last product
      reg first_q3;
      integer i;
      integer c;
      integer l;
      reg up;
      reg down;
      reg [COUNT_BITS-1:0] step;
      reg [2*ACC_BITS-1:0] sums;

      // A pair of weights comes with high less one where low is negative, so that their bits side by side are high * 2^18 + low.
      function signed [PAIR_BITS-1:0] pair_of;
        input [W_BITS-1:0] low;
        input [W_BITS-1:0] high;
        pair_of = {high, {(SHIFT-W_BITS){low[W_BITS-1]}}, low};
      endfunction

      // {high, low} as they leave; as pair_sums.v, and here because a register that is written with = must be read in the same block.
      function [2*ACC_BITS-1:0] sums_of;
        input [HELD_BITS-1:0] pair;
        reg [COUNT_BITS-1:0] wraps;
        reg [COUNT_BITS-1:0] floor;
        reg [ACC_BITS-1:0] high;
        reg [ACC_BITS-1:0] extended;
        reg [ACC_BITS-1:0] low;
        reg unused;
        begin
          wraps = (ACC_BITS > SHIFT) ? pair[P_BITS +: COUNT_BITS] : {COUNT_BITS{1'b1}};
          {floor, unused} = {wraps, 1'b1} + {{COUNT_BITS{1'b0}}, !pair[SHIFT-1]};
          low = {{(ACC_BITS-COUNT_BITS){1'b0}}, floor} << SHIFT;
          low[SHIFT-1:0] = pair[SHIFT-1:0];
          extended = {ACC_BITS{wraps[COUNT_BITS-1] || (wraps == LARGEST && !pair[SHIFT-1])}};
          extended[COUNT_BITS-1:0] = wraps;
          {high, unused} = {pair[SHIFT +: ACC_BITS], 1'b1} + {~extended, pair[SHIFT-1]};
          sums_of = {high, low};
        end
      endfunction

      always @(posedge clk_i) begin
        if (drain_q) begin
          for (l = 0; l < LANE_PAIRS; l = l + 1) begin
            sums = sums_of(hold_q[l][{column, {STEP_BITS{1'b0}}} +: HELD_BITS]);
            sum_o[2*l*ACC_BITS +: ACC_BITS] <= sums[ACC_BITS-1:0];
            sum_o[(2*l+1)*ACC_BITS +: ACC_BITS] <= sums[ACC_BITS +: ACC_BITS];
          end
          if (COLUMN_PAIRS > 0) begin
            sums = sums_of(hold_q[LANE_PAIRS][{column >> 1, {STEP_BITS{1'b0}}} +: HELD_BITS]);
            sum_o[LAST_LANE*ACC_BITS +: ACC_BITS] <= column[0] ? sums[ACC_BITS +: ACC_BITS] : sums[ACC_BITS-1:0];
          end
        end
        // Sums change by a product at a time, and the first is within the field.
        for (i = 0; i < PAIRS; i = i + 1) begin
          up = upper_q[i] == 2'b01 && acc_q[i][SHIFT-1 -: 2] == 2'b10;
          down = upper_q[i] == 2'b10 && acc_q[i][SHIFT-1 -: 2] == 2'b01;
          step = {COUNT_BITS{down}};
          step[0] = up || down;
          wraps_q[i] = step + wraps_q[i];
          upper_q[i] = acc_q[i][SHIFT-1 -: 2];
        end
        if (capture_q[2]) begin
          for (l = 0; l < LANE_PAIRS; l = l + 1) begin
            for (c = 0; c < COLUMNS; c = c + 1) begin
              hold_q[l][c*STEP +: HELD_BITS] = {wraps_q[c*LANE_PAIRS + l], acc_q[c*LANE_PAIRS + l]};
            end
          end
          for (i = 0; i < COLUMN_PAIRS; i = i + 1) begin
            hold_q[LANE_PAIRS][i*STEP +: HELD_BITS] = {wraps_q[LANE_PRODUCTS + i], acc_q[LANE_PRODUCTS + i]};
          end
          if (first_q3) begin
            for (l = 0; l < HELD_LANES; l = l + 1) begin
              for (c = 0; c < COLUMNS; c = c + 1) hold_q[l][c*STEP + P_BITS +: COUNT_BITS] = {COUNT_BITS{1'b1}};
            end
          end
        end
        if (first_q3) begin
          for (i = 0; i < PAIRS; i = i + 1) wraps_q[i] = {COUNT_BITS{1'b1}};
        end
        if (valid_q[1]) begin
          for (i = 0; i < PAIRS; i = i + 1) begin
            acc_q[i] = (first_q[1] ? {P_BITS{1'b0}} : acc_q[i]) + {{(P_BITS-M_BITS){m_q[i][M_BITS-1]}}, m_q[i]};
          end
        end
        first_q3 = valid_q[1] && first_q[1];
        if (valid_q[0]) begin
          for (c = 0; c < COLUMNS; c = c + 1) begin
            for (l = 0; l < LANE_PAIRS; l = l + 1) begin
              m_q[c*LANE_PAIRS + l] = pair_of(w_q[c*LANES + 2*l], w_q[c*LANES + 2*l + 1]) * a_q;
            end
          end
          for (i = 0; i < COLUMN_PAIRS; i = i + 1) begin
            m_q[LANE_PRODUCTS + i] =
              pair_of(w_q[2*i*LANES + LAST_LANE], w_q[(2*i + 1 < COLUMNS) ? (2*i + 1)*LANES + LAST_LANE : PRODUCTS]) * a_q;
          end
        end
        if (valid_i) begin
          a_q = a_i;
          for (n = 0; n < PRODUCTS; n = n + 1) w_q[n] = w_i[n*W_BITS +: W_BITS];
          // The other half of the last pair of columns where their number is odd: nothing, less one where low is negative.
          w_q[PRODUCTS] = {W_BITS{w_i[PRODUCTS*W_BITS-1]}};
        end
      end
    end
  endgenerate

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= {(2+FABRIC){1'b0}};
      capture_q <= {(3+FABRIC){1'b0}};
      drain_q <= 1'b0;
      column_q <= {COLUMN_BITS{1'b0}};
      sum_valid_o <= 1'b0;
    end else begin
      valid_q <= {valid_q[FABRIC:0], valid_i};
      capture_q <= {capture_q[1+FABRIC:0], capture_i};
      sum_valid_o <= drain_q;
      if (capture_q[2+FABRIC]) begin
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
