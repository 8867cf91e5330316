// Zero-skipping 1x1 convolution of a shortcut (of the spatial stage, or the residual): rows in, words of
// LANES sums out, channels in order. A pass starts only when all its COLUMNS words have a place behind. Of
// the last pass only the first LAST_COLUMNS words come.
`default_nettype none

module down_engine #(
  parameter BITS = 16,
  parameter BANKS = 4,
  parameter COLUMNS = 4,
  parameter LANES = 4,
  parameter PASSES = 4,
  parameter LAST_COLUMNS = COLUMNS,
  parameter ACC_BITS = 40,
  parameter PACKED = 0,
  parameter LUT_WORDS = 64,
  // A place is reserved when a pass starts and its word comes 8 cycles after the pass ends: with so many places
  // short passes follow each other without waiting.
  parameter OUT_DEPTH = 2*COLUMNS + 10,
  parameter WEIGHT_FILE = "w.mem"
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [15:0] in_hot_i,
  input  wire [16*BITS-1:0] in_data_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [LANES*ACC_BITS-1:0] out_data_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam CREDIT_BITS = $clog2(OUT_DEPTH + 1);

  localparam COLUMN_BITS = (COLUMNS > 1) ? $clog2(COLUMNS) : 1;
  localparam PASS_BITS = (PASSES > 1) ? $clog2(PASSES) : 1;
  localparam LAST_COLUMN = COLUMNS - 1;
  localparam LAST_PASS = PASSES - 1;
  localparam SPARE = OUT_DEPTH - COLUMNS;
  localparam PASS_ALONE = -COLUMNS;
  localparam PASS_AND_POP = 1 - COLUMNS;
  localparam LAST_ALONE = -LAST_COLUMNS;
  localparam LAST_AND_POP = 1 - LAST_COLUMNS;

  reg signed [CREDIT_BITS:0] spare_q; // free places beyond those of a pass; a pass may start unless negative
  reg [PASS_BITS-1:0] start_pass_q;
  reg [PASS_BITS-1:0] sum_pass_q;
  wire pass_start;
  wire sum_valid;
  wire [COLUMN_BITS-1:0] sum_column;
  wire [LANES*ACC_BITS-1:0] sum;
  wire fifo_ready;
  wire next_row;
  wire row_start;
  wire pop = out_valid_o && out_ready_i;
  wire start_pass_last = start_pass_q == LAST_PASS[PASS_BITS-1:0];
  wire sum_pass_last = sum_pass_q == LAST_PASS[PASS_BITS-1:0];
  wire push = sum_valid && (!sum_pass_last || ({1'b0, sum_column} < LAST_COLUMNS[COLUMN_BITS:0]));
  // What the places change by: chosen before it is added, since the reader's pop comes late.
  wire signed [CREDIT_BITS:0] change = !pass_start ? {{CREDIT_BITS{1'b0}}, pop}
                                       : start_pass_last ? (pop ? LAST_AND_POP[CREDIT_BITS:0] : LAST_ALONE[CREDIT_BITS:0])
                                       : (pop ? PASS_AND_POP[CREDIT_BITS:0] : PASS_ALONE[CREDIT_BITS:0]);
  wire _unused_ok = &{1'b0, fifo_ready, next_row, row_start};

  row_engine #(
    .BITS(BITS), .JOINTS(1), .FRAMES(1), .STRIDE(1),
    .BANKS(BANKS), .COLUMNS(COLUMNS), .LANES(LANES), .MIN_CYCLES(COLUMNS), .ACC_BITS(ACC_BITS), .PACKED(PACKED), .LUT_WORDS(LUT_WORDS),
    .WEIGHT_DEPTH(PASSES*16*BANKS), .WEIGHT_FILE(WEIGHT_FILE), .PASSES(PASSES), .WEIGHT_BASE(32'd0)
  ) u_rows (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(in_valid_i), .in_ready_o(in_ready_o), .in_hot_i(in_hot_i), .in_data_i(in_data_i),
    .go_i(!spare_q[CREDIT_BITS]), .pass_start_o(pass_start),
    .next_row_o(next_row), .row_start_o(row_start), .busy_o(busy_o), .waiting_o(waiting_o),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  always @(posedge clk_i) begin
    if (rst_i) begin
      spare_q <= SPARE[CREDIT_BITS:0];
      start_pass_q <= {PASS_BITS{1'b0}};
      sum_pass_q <= {PASS_BITS{1'b0}};
    end else begin
      spare_q <= spare_q + change;
      if (pass_start) start_pass_q <= start_pass_last ? {PASS_BITS{1'b0}} : start_pass_q + 1'b1;
      if (sum_valid && (sum_column == LAST_COLUMN[COLUMN_BITS-1:0])) begin
        sum_pass_q <= sum_pass_last ? {PASS_BITS{1'b0}} : sum_pass_q + 1'b1;
      end
    end
  end

  stream_fifo #(.WIDTH(LANES*ACC_BITS), .DEPTH(OUT_DEPTH)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(push), .in_ready_o(fifo_ready), .in_data_i(sum),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o(out_data_o)
  );
endmodule

`default_nettype wire
