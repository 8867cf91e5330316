// 1x1 convolutions of a shortcut, side by side: rows go to the ENGINES engines in turn, over frames, persons and clips.
// Each engine takes its rows one after another, so that ENGINES rows are in flight; words leave in the order of the rows.
// No latency of its own.
`default_nettype none

module down_engines #(
  parameter ENGINES = 1,
  parameter BITS = 16,
  parameter BANKS = 4,
  parameter COLUMNS = 4,
  parameter LANES = 4,
  parameter PASSES = 4,
  parameter LAST_COLUMNS = COLUMNS,
  parameter ACC_BITS = 40,
  parameter PACKED = 0,
  parameter LUT_WORDS = 64,
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
  output wire [ENGINES-1:0] busy_o,
  output wire [ENGINES-1:0] waiting_o
);
  localparam WORDS = (PASSES - 1)*COLUMNS + LAST_COLUMNS; // of a row
  localparam ENGINE_BITS = (ENGINES > 1) ? $clog2(ENGINES) : 1;
  localparam BANK_BITS = (BANKS > 1) ? $clog2(BANKS) : 1;
  localparam WORD_BITS = (WORDS > 1) ? $clog2(WORDS) : 1;
  localparam LAST_ENGINE = ENGINES - 1;
  localparam LAST_BANK = BANKS - 1;
  localparam LAST_WORD = WORDS - 1;
  localparam OUT_BITS = LANES*ACC_BITS;
  // Of several engines each finishes its row while others are read, and goes on with the next: places for a row and a pass more.
  localparam OUT_DEPTH = ((ENGINES > 1) ? WORDS : COLUMNS) + COLUMNS + 10;

  wire [ENGINES-1:0] ready;
  wire [ENGINES-1:0] valid;
  wire [ENGINES*OUT_BITS-1:0] data;

  // ---- Rows to the engines in turn -------------------------------------------------------------------
  // Of one engine nothing is chosen.
  reg [ENGINE_BITS-1:0] in_engine_q;
  reg [BANK_BITS-1:0] in_bank_q;
  wire [ENGINE_BITS-1:0] in_engine = (ENGINES > 1) ? in_engine_q : {ENGINE_BITS{1'b0}};
  wire in_row_last = in_valid_i && in_ready_o && (in_bank_q == LAST_BANK[BANK_BITS-1:0]);
  wire in_engine_last = in_engine == LAST_ENGINE[ENGINE_BITS-1:0];

  assign in_ready_o = ready[in_engine];

  always @(posedge clk_i) begin
    if (rst_i) begin
      in_engine_q <= {ENGINE_BITS{1'b0}};
      in_bank_q <= {BANK_BITS{1'b0}};
    end else if (in_row_last) begin
      in_bank_q <= {BANK_BITS{1'b0}};
      in_engine_q <= in_engine_last ? {ENGINE_BITS{1'b0}} : in_engine + 1'b1;
    end else if (in_valid_i && in_ready_o) begin
      in_bank_q <= in_bank_q + 1'b1;
    end
  end

  // ---- Their words, in the order of the rows ---------------------------------------------------------
  reg [ENGINE_BITS-1:0] out_engine_q;
  reg [WORD_BITS-1:0] out_word_q;
  wire [ENGINE_BITS-1:0] out_engine = (ENGINES > 1) ? out_engine_q : {ENGINE_BITS{1'b0}};
  wire out_row_last = out_valid_o && out_ready_i && (out_word_q == LAST_WORD[WORD_BITS-1:0]);
  wire out_engine_last = out_engine == LAST_ENGINE[ENGINE_BITS-1:0];

  // Words are chosen at a distance of a power of two: at any other, the index would become a shifter.
  localparam STEP_BITS = $clog2(OUT_BITS + 1);
  localparam STEP = 1 << STEP_BITS;
  wire [(STEP << ENGINE_BITS)-1:0] words;

  assign out_valid_o = valid[out_engine];
  assign out_data_o = words[{out_engine, {STEP_BITS{1'b0}}} +: OUT_BITS];

  always @(posedge clk_i) begin
    if (rst_i) begin
      out_engine_q <= {ENGINE_BITS{1'b0}};
      out_word_q <= {WORD_BITS{1'b0}};
    end else if (out_row_last) begin
      out_word_q <= {WORD_BITS{1'b0}};
      out_engine_q <= out_engine_last ? {ENGINE_BITS{1'b0}} : out_engine + 1'b1;
    end else if (out_valid_o && out_ready_i) begin
      out_word_q <= out_word_q + 1'b1;
    end
  end

  genvar e;
  generate
    for (e = 0; e < ENGINES; e = e + 1) begin : gen_engine
      down_engine #(
        .BITS(BITS), .BANKS(BANKS), .COLUMNS(COLUMNS), .LANES(LANES), .PASSES(PASSES), .LAST_COLUMNS(LAST_COLUMNS),
        .ACC_BITS(ACC_BITS), .PACKED(PACKED), .LUT_WORDS(LUT_WORDS), .OUT_DEPTH(OUT_DEPTH), .WEIGHT_FILE(WEIGHT_FILE)
      ) u_engine (
        .clk_i(clk_i), .rst_i(rst_i),
        .in_valid_i(in_valid_i && in_engine == e), .in_ready_o(ready[e]), .in_hot_i(in_hot_i), .in_data_i(in_data_i),
        .out_valid_o(valid[e]), .out_ready_i(out_ready_i && out_engine == e), .out_data_o(data[e*OUT_BITS +: OUT_BITS]),
        .busy_o(busy_o[e]), .waiting_o(waiting_o[e])
      );
    end
    for (e = 0; e < (1 << ENGINE_BITS); e = e + 1) begin : gen_word
      if (e < ENGINES) begin : gen_used
        assign words[e*STEP +: STEP] = {{(STEP-OUT_BITS){1'b0}}, data[e*OUT_BITS +: OUT_BITS]};
      end else begin : gen_spare
        assign words[e*STEP +: STEP] = {STEP{1'b0}};
      end
    end
  endgenerate
endmodule

`default_nettype wire
