// Temporal engines of a block, side by side: the rows of joint v go to engine (v + ENGINE_SHIFT[v]) mod ENGINES, which holds
// the partial sums of its joints. Each engine takes its rows one after another, so that ENGINES rows are in flight;
// words leave in the order of the joints. Each run of ENGINES joints has one for every engine, and the last, which may be
// shorter, for the first engines. No latency of its own.
`default_nettype none

module temporal_engines #(
  parameter ENGINES = 1,
  parameter [JOINTS*8-1:0] ENGINE_SHIFT = 0,
  parameter BITS = 16,
  parameter JOINTS = 25,
  parameter FRAMES = 300,
  parameter OUT_FRAMES = 300,
  parameter STRIDE = 1,
  parameter KERNEL = 9,
  parameter BANKS = 4,
  parameter COLUMNS = 9,
  parameter LANES = 4,
  parameter GROUP_CHANNELS = 16,
  parameter RING_CHANNELS = 16,
  parameter SLOTS = 9,
  parameter SUM_BITS = 40,
  parameter PACKED = 0,
  parameter LUT_WORDS = 64,
  parameter RING_BITS = 44,
  parameter ALIGN = 0,
  parameter WEIGHT_DEPTH = 1024,
  parameter WEIGHT_FILE = "w.mem",
  parameter SCHEDULE_DEPTH = 144,
  parameter SCHEDULE_FILE = "schedule.mem",
  parameter INIT_FILE = "init.mem",
  parameter EDGE_START = 0,
  parameter EDGE_END = 0,
  parameter [(EDGE_START+EDGE_END+STRIDE)*32-1:0] PASSES = 16,
  parameter [(EDGE_START+EDGE_END+STRIDE)*32-1:0] WEIGHT_BASE = 0,
  parameter [(EDGE_START+EDGE_END+STRIDE)*32-1:0] SCHEDULE_BASE = 0
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [15:0] in_hot_i,
  input  wire [16*BITS-1:0] in_data_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [LANES*RING_BITS-1:0] out_data_o,
  output wire [ENGINES-1:0] busy_o,
  output wire [ENGINES-1:0] waiting_o
);
  localparam ENGINE_BITS = (ENGINES > 1) ? $clog2(ENGINES) : 1;
  localparam BANK_BITS = (BANKS > 1) ? $clog2(BANKS) : 1;
  localparam JOINT_BITS = (JOINTS > 1) ? $clog2(JOINTS) : 1;
  localparam WORD_BITS = (GROUP_CHANNELS > 1) ? $clog2(GROUP_CHANNELS) : 1;
  localparam LAST_BANK = BANKS - 1;
  localparam LAST_JOINT = JOINTS - 1;
  localparam LAST_WORD = GROUP_CHANNELS - 1;
  localparam OUT_BITS = LANES*RING_BITS;

  wire [ENGINES-1:0] ready;
  wire [ENGINES-1:0] valid;
  wire [ENGINES*OUT_BITS-1:0] data;

  // ---- Engines of the joints ---------------------------------------------------------------------------
  wire [JOINTS*ENGINE_BITS-1:0] engine_of;
  integer v;

  genvar j;
  generate
    for (j = 0; j < JOINTS; j = j + 1) begin : gen_joint
      localparam ENGINE = (j + {24'd0, ENGINE_SHIFT[j*8 +: 8]}) % ENGINES;
      assign engine_of[j*ENGINE_BITS +: ENGINE_BITS] = ENGINE[ENGINE_BITS-1:0];
    end
  endgenerate

  always @* begin
    in_next_engine = engine_of[0 +: ENGINE_BITS];
    out_next_engine = engine_of[0 +: ENGINE_BITS];
    for (v = 1; v < JOINTS; v = v + 1) begin
      if ({{(32-JOINT_BITS){1'b0}}, in_joint_q} + 1 == v) in_next_engine = engine_of[v*ENGINE_BITS +: ENGINE_BITS];
      if ({{(32-JOINT_BITS){1'b0}}, out_joint_q} + 1 == v) out_next_engine = engine_of[v*ENGINE_BITS +: ENGINE_BITS];
    end
  end

  // ---- Rows to their engines -------------------------------------------------------------------------
  reg [ENGINE_BITS-1:0] in_engine_q;
  reg [BANK_BITS-1:0] in_bank_q;
  reg [JOINT_BITS-1:0] in_joint_q;
  reg [ENGINE_BITS-1:0] in_next_engine; // of the joint after in_joint_q
  wire in_row_last = in_valid_i && in_ready_o && (in_bank_q == LAST_BANK[BANK_BITS-1:0]);
  wire in_joint_last = in_joint_q == LAST_JOINT[JOINT_BITS-1:0];

  assign in_ready_o = ready[in_engine_q];

  always @(posedge clk_i) begin
    if (rst_i) begin
      in_engine_q <= engine_of[0 +: ENGINE_BITS];
      in_bank_q <= {BANK_BITS{1'b0}};
      in_joint_q <= {JOINT_BITS{1'b0}};
    end else if (in_row_last) begin
      in_bank_q <= {BANK_BITS{1'b0}};
      in_joint_q <= in_joint_last ? {JOINT_BITS{1'b0}} : in_joint_q + 1'b1;
      in_engine_q <= in_next_engine;
    end else if (in_valid_i && in_ready_o) begin
      in_bank_q <= in_bank_q + 1'b1;
    end
  end

  // ---- Their words, in the order of the joints -------------------------------------------------------
  reg [ENGINE_BITS-1:0] out_engine_q;
  reg [WORD_BITS-1:0] out_word_q;
  reg [JOINT_BITS-1:0] out_joint_q;
  reg [ENGINE_BITS-1:0] out_next_engine;
  wire out_row_last = out_valid_o && out_ready_i && (out_word_q == LAST_WORD[WORD_BITS-1:0]);
  wire out_joint_last = out_joint_q == LAST_JOINT[JOINT_BITS-1:0];

  // Words are chosen at a distance of a power of two: at any other, the index would become a shifter.
  localparam STEP_BITS = $clog2(OUT_BITS + 1);
  localparam STEP = 1 << STEP_BITS;
  wire [(STEP << ENGINE_BITS)-1:0] words;
  wire [ENGINE_BITS-1:0] chosen = (ENGINES > 1) ? out_engine_q : {ENGINE_BITS{1'b0}};

  assign out_valid_o = valid[out_engine_q];
  assign out_data_o = words[{chosen, {STEP_BITS{1'b0}}} +: OUT_BITS];

  always @(posedge clk_i) begin
    if (rst_i) begin
      out_engine_q <= engine_of[0 +: ENGINE_BITS];
      out_word_q <= {WORD_BITS{1'b0}};
      out_joint_q <= {JOINT_BITS{1'b0}};
    end else if (out_row_last) begin
      out_word_q <= {WORD_BITS{1'b0}};
      out_joint_q <= out_joint_last ? {JOINT_BITS{1'b0}} : out_joint_q + 1'b1;
      out_engine_q <= out_next_engine;
    end else if (out_valid_o && out_ready_i) begin
      out_word_q <= out_word_q + 1'b1;
    end
  end

  genvar e;
  generate
    for (e = 0; e < ENGINES; e = e + 1) begin : gen_engine
      localparam ENGINE_JOINTS = (JOINTS - e + ENGINES - 1)/ENGINES;
      temporal_engine #(
        .BITS(BITS), .JOINTS(ENGINE_JOINTS), .FRAMES(FRAMES), .OUT_FRAMES(OUT_FRAMES), .STRIDE(STRIDE), .KERNEL(KERNEL),
        .BANKS(BANKS), .COLUMNS(COLUMNS), .LANES(LANES), .GROUP_CHANNELS(GROUP_CHANNELS), .RING_CHANNELS(RING_CHANNELS),
        .SLOTS(SLOTS), .SUM_BITS(SUM_BITS), .PACKED(PACKED), .RING_BITS(RING_BITS), .ALIGN(ALIGN),
        .WEIGHT_DEPTH(WEIGHT_DEPTH), .WEIGHT_FILE(WEIGHT_FILE), .LUT_WORDS(LUT_WORDS),
        .SCHEDULE_DEPTH(SCHEDULE_DEPTH), .SCHEDULE_FILE(SCHEDULE_FILE), .INIT_FILE(INIT_FILE),
        .EDGE_START(EDGE_START), .EDGE_END(EDGE_END), .PASSES(PASSES), .WEIGHT_BASE(WEIGHT_BASE), .SCHEDULE_BASE(SCHEDULE_BASE)
      ) u_engine (
        .clk_i(clk_i), .rst_i(rst_i),
        .in_valid_i(in_valid_i && in_engine_q == e), .in_ready_o(ready[e]), .in_hot_i(in_hot_i), .in_data_i(in_data_i),
        .out_valid_o(valid[e]), .out_ready_i(out_ready_i && out_engine_q == e), .out_data_o(data[e*OUT_BITS +: OUT_BITS]),
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
