// FC layer on the pooled sums: LANES classes at a time, one channel a cycle.
// WEIGHT_FILE: word pass * CHANNELS + channel holds LANES weights. BIAS_FILE: one bias per class.
// A pass takes max(CHANNELS, LANES) cycles; the logits of a clip leave in class order, the first
// 8 cycles after the last channel of the first pass was issued; out_last_o marks the last class.
`default_nettype none

module classifier #(
  parameter SUM_BITS = 32,
  parameter W_BITS = 16,
  parameter CHANNELS = 256,
  parameter CHANNEL_BITS = 8,
  parameter CLASSES = 60,
  parameter LANES = 2,
  parameter ACC_BITS = 56,
  parameter WEIGHT_FILE = "w.mem",
  parameter BIAS_FILE = "bias.mem"
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire full_i,
  output wire release_o,
  output wire [CHANNEL_BITS-1:0] channel_o,
  input  wire [SUM_BITS-1:0] sum_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [ACC_BITS-1:0] out_data_o,
  output wire out_last_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam PASSES = (CLASSES + LANES - 1)/LANES;
  localparam CYCLES = (CHANNELS > LANES) ? CHANNELS : LANES;
  localparam DEPTH = PASSES*CHANNELS;
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;
  localparam CYCLE_BITS = $clog2(CYCLES + 1);
  // Few channels of a padded bank: the port is wider than the count.
  localparam COUNT_BITS = (CYCLE_BITS > CHANNEL_BITS) ? CYCLE_BITS : CHANNEL_BITS;
  localparam PASS_BITS = (PASSES > 1) ? $clog2(PASSES) : 1;
  localparam CLASS_BITS = $clog2(PASSES*LANES + 1);
  localparam CLASS_ADDRESS_BITS = (CLASSES > 1) ? $clog2(CLASSES) : 1;
  localparam OUT_DEPTH = 2*LANES;
  localparam CREDIT_BITS = $clog2(OUT_DEPTH + 1);
  localparam LAST_COUNT = CYCLES - 1;
  localparam LAST_PASS = PASSES - 1;
  localparam LAST_CLASS = CLASSES - 1;
  localparam LAST_LANE = PASSES*LANES - 1;

  reg run_q;
  reg first_q;
  reg [PASS_BITS-1:0] pass_q;
  reg [COUNT_BITS-1:0] count_q;
  reg [ADDRESS_BITS-1:0] address_q;
  reg [CREDIT_BITS-1:0] credit_q;
  wire valid = run_q && (count_q < CHANNELS[COUNT_BITS-1:0]);
  wire pass_end = run_q && (count_q == LAST_COUNT[COUNT_BITS-1:0]);
  wire clip_end = pass_end && (pass_q == LAST_PASS[PASS_BITS-1:0]);
  wire room = credit_q >= LANES[CREDIT_BITS-1:0];
  // After the last pass one cycle passes before the next clip's flag is looked at.
  wire start = full_i && room && (!run_q || (pass_end && !clip_end));
  wire taken;
  wire skipped;

  assign release_o = clip_end;
  assign busy_o = run_q;
  assign waiting_o = !run_q && full_i && !room;

  always @(posedge clk_i) begin
    if (rst_i) begin
      run_q <= 1'b0;
      first_q <= 1'b0;
      pass_q <= {PASS_BITS{1'b0}};
      count_q <= {COUNT_BITS{1'b0}};
      address_q <= {ADDRESS_BITS{1'b0}};
      credit_q <= OUT_DEPTH[CREDIT_BITS-1:0];
    end else begin
      first_q <= start;
      if (start) run_q <= 1'b1;
      else if (pass_end) run_q <= 1'b0;
      if (start) count_q <= {COUNT_BITS{1'b0}};
      else if (run_q) count_q <= count_q + 1'b1;
      if (pass_end) pass_q <= clip_end ? {PASS_BITS{1'b0}} : pass_q + 1'b1;
      if (clip_end) address_q <= {ADDRESS_BITS{1'b0}};
      else if (valid) address_q <= address_q + 1'b1;
      credit_q <= credit_q - (start ? LANES[CREDIT_BITS-1:0] : {CREDIT_BITS{1'b0}})
                  + {{(CREDIT_BITS-1){1'b0}}, taken} + {{(CREDIT_BITS-1){1'b0}}, skipped};
    end
  end

  reg mac_valid_q;
  reg mac_first_q;
  reg mac_capture_q;
  reg [SUM_BITS-1:0] sum_q;
  wire [LANES*W_BITS-1:0] weights;
  wire sum_valid;
  wire [(LANES > 1 ? $clog2(LANES) : 1)-1:0] sum_column;
  wire [ACC_BITS-1:0] sum;

  assign channel_o = count_q[CHANNEL_BITS-1:0];

  memory_rom #(.WIDTH(LANES*W_BITS), .DEPTH(DEPTH), .FILE(WEIGHT_FILE)) u_weights (
    .clk_i(clk_i), .read_i(valid), .address_i(address_q), .data_o(weights)
  );

  always @(posedge clk_i) begin
    sum_q <= sum_i;
    mac_first_q <= first_q;
    if (rst_i) begin
      mac_valid_q <= 1'b0;
      mac_capture_q <= 1'b0;
    end else begin
      mac_valid_q <= valid;
      mac_capture_q <= pass_end;
    end
  end

  mac_array #(
    .COLUMNS(LANES), .LANES(1), .A_BITS(SUM_BITS), .W_BITS(W_BITS), .ACC_BITS(ACC_BITS)
  ) u_array (
    .clk_i(clk_i), .rst_i(rst_i),
    .valid_i(mac_valid_q), .first_i(mac_first_q), .capture_i(mac_capture_q),
    .a_i(sum_q), .w_i(weights),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  // ---- Bias and output ---------------------------------------------------------------------------
  reg [CLASS_BITS-1:0] class_q;
  reg logit_valid_q;
  reg logit_last_q;
  reg [ACC_BITS-1:0] logit_q;
  wire [ACC_BITS-1:0] bias;
  wire fifo_ready;
  wire real_class = class_q <= LAST_CLASS[CLASS_BITS-1:0];
  wire _unused_ok = &{1'b0, fifo_ready, sum_column};

  assign skipped = sum_valid && !real_class;
  assign taken = out_valid_o && out_ready_i;

  memory_rom #(.WIDTH(ACC_BITS), .DEPTH(CLASSES), .FILE(BIAS_FILE), .REGISTERED(0)) u_bias (
    .clk_i(clk_i), .read_i(1'b1), .address_i(class_q[CLASS_ADDRESS_BITS-1:0]), .data_o(bias)
  );

  always @(posedge clk_i) begin
    logit_q <= sum + bias;
    logit_last_q <= class_q == LAST_CLASS[CLASS_BITS-1:0];
    if (rst_i) begin
      class_q <= {CLASS_BITS{1'b0}};
      logit_valid_q <= 1'b0;
    end else begin
      logit_valid_q <= sum_valid && real_class;
      if (sum_valid) class_q <= (class_q == LAST_LANE[CLASS_BITS-1:0]) ? {CLASS_BITS{1'b0}} : class_q + 1'b1;
    end
  end

  stream_fifo #(.WIDTH(ACC_BITS + 1), .DEPTH(OUT_DEPTH)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(logit_valid_q), .in_ready_o(fifo_ready), .in_data_i({logit_last_q, logit_q}),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o({out_last_o, out_data_o})
  );
endmodule

`default_nettype wire
