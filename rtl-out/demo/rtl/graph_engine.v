// Graph engine: U_k(w, i) = round(sum over joints p of x(p, i) * G_k(p, w)), graph before weights.
//
// A frame of RFC banks is written into one of two slots, with the hot codes a second time by joint.
// For each kept channel the joints with a non-zero are taken one a cycle; the value is multiplied by
// row p of the graphs on WORDS x LANES multipliers. The TOTAL_WORDS output words of a channel, LANES
// joints of one graph each in the order that the spatial array takes them, are made in PASSES passes
// of WORDS words.
//
// CHANNEL_FILE: one word per kept channel, {bank * V, channel} (16 bits each).
// GRAPH_FILE: word pass * V + p holds the WORDS x LANES coefficients of joint p.
// A pass takes max(non-zeros, 1, WORDS) cycles. The last value of a pass issued at cycle t puts
// word d of the pass on u_data_o at t + 11 + FABRIC + d.
`default_nettype none

module graph_engine #(
  parameter BITS = 16,
  parameter JOINTS = 25,
  parameter BANKS = 4,
  parameter CHANNELS = 64,
  parameter WORDS = 3,
  parameter LANES = 5,
  parameter PASSES = 5,
  parameter TOTAL_WORDS = 15,
  parameter ACC_BITS = 40,
  parameter PACKED = 0,
  parameter FABRIC = 0,
  parameter SHIFT = 8,
  parameter LUT_WORDS = 64, // memories of up to so many words are made of LUTs
  parameter CHANNEL_FILE = "channels.mem",
  parameter GRAPH_FILE = "graph.mem"
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [15:0] in_hot_i,
  input  wire [16*BITS-1:0] in_data_i,
  input  wire u_free_i,
  output wire u_reserve_o,
  output reg  u_write_o,
  output reg  u_commit_o,
  output reg  [LANES*BITS-1:0] u_data_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam JOINT_BITS = (JOINTS > 1) ? $clog2(JOINTS) : 1;
  localparam BANK_BITS = (BANKS > 1) ? $clog2(BANKS) : 1;
  localparam DEPTH = 2*BANKS*JOINTS;
  localparam ADDRESS_BITS = $clog2(DEPTH);
  localparam SLOT_SIZE = BANKS*JOINTS;
  localparam CHANNEL_BITS = (CHANNELS > 1) ? $clog2(CHANNELS) : 1;
  localparam PASS_BITS = (PASSES > 1) ? $clog2(PASSES) : 1;
  localparam COUNT_BITS = $clog2(WORDS + 1);
  localparam GRAPH_DEPTH = PASSES*JOINTS;
  localparam GRAPH_BITS = (GRAPH_DEPTH > 1) ? $clog2(GRAPH_DEPTH) : 1;
  localparam WORD_BITS = $clog2(PASSES*WORDS + 1);
  localparam LAST_BANK = BANKS - 1;
  localparam LAST_JOINT = JOINTS - 1;
  localparam LAST_CHANNEL = CHANNELS - 1;
  localparam NEXT_LAST_COUNT = (WORDS > 1) ? WORDS - 2 : 0;
  localparam NEXT_LAST_PASS = (PASSES > 1) ? PASSES - 2 : 0;
  localparam LAST_WORD = PASSES*WORDS - 1;
  localparam SUM_BITS = (ACC_BITS > SHIFT + BITS + 1) ? ACC_BITS : SHIFT + BITS + 1;

  // ---- Frame buffer: two slots ---------------------------------------------------------------
  reg [1:0] full_q;
  reg [1:0] unfetched_q;
  reg write_slot_q;
  reg [BANK_BITS-1:0] write_bank_q;
  reg [JOINT_BITS-1:0] write_joint_q;
  reg [ADDRESS_BITS-1:0] write_address_q;

  assign in_ready_o = !full_q[write_slot_q];
  wire write = in_valid_i && in_ready_o;
  wire bank_last = write_bank_q == LAST_BANK[BANK_BITS-1:0];
  wire joint_last = write_joint_q == LAST_JOINT[JOINT_BITS-1:0];
  wire frame_last = bank_last && joint_last;
  wire [ADDRESS_BITS-1:0] slot_base = write_slot_q ? SLOT_SIZE[ADDRESS_BITS-1:0] : {ADDRESS_BITS{1'b0}};
  wire [ADDRESS_BITS-1:0] other_base = write_slot_q ? {ADDRESS_BITS{1'b0}} : SLOT_SIZE[ADDRESS_BITS-1:0];
  wire [ADDRESS_BITS-1:0] next_joint = {{(ADDRESS_BITS-JOINT_BITS){1'b0}}, write_joint_q} + 1'b1;

  always @(posedge clk_i) begin
    if (rst_i) begin
      write_slot_q <= 1'b0;
      write_bank_q <= {BANK_BITS{1'b0}};
      write_joint_q <= {JOINT_BITS{1'b0}};
      write_address_q <= {ADDRESS_BITS{1'b0}};
    end else if (write) begin
      write_bank_q <= bank_last ? {BANK_BITS{1'b0}} : write_bank_q + 1'b1;
      write_address_q <= !bank_last ? write_address_q + JOINTS[ADDRESS_BITS-1:0]
                       : !joint_last ? slot_base + next_joint : other_base;
      if (bank_last) write_joint_q <= joint_last ? {JOINT_BITS{1'b0}} : write_joint_q + 1'b1;
      if (frame_last) write_slot_q <= !write_slot_q;
    end
  end

  // ---- Fetch: the joints with a non-zero, channel by channel ---------------------------------
  reg fetch_slot_q;
  reg [CHANNEL_BITS-1:0] fetch_q;
  wire [31:0] channel;
  wire fetch_ready;
  wire fetch_valid = unfetched_q[fetch_slot_q];
  wire fetch = fetch_valid && fetch_ready;
  wire fetch_first = fetch_q == {CHANNEL_BITS{1'b0}};
  wire fetch_last = fetch_q == LAST_CHANNEL[CHANNEL_BITS-1:0];
  wire [JOINTS-1:0] fetch_mask;

  // The hot codes of each joint in a memory of its own, since they are written joint by joint and read all at once.
  genvar h;
  generate
    for (h = 0; h < JOINTS; h = h + 1) begin : gen_hot
      localparam JOINT = h;
      reg [15:0] hot_mem [0:2*(1 << BANK_BITS)-1];
      wire [15:0] hot = hot_mem[{fetch_slot_q, channel[4 +: BANK_BITS]}];
      assign fetch_mask[h] = hot[channel[3:0]];
      always @(posedge clk_i) begin
        if (write && write_joint_q == JOINT[JOINT_BITS-1:0]) hot_mem[{write_slot_q, write_bank_q}] <= in_hot_i;
      end
    end
  endgenerate

  always @(posedge clk_i) begin
    if (rst_i) begin
      fetch_slot_q <= 1'b0;
      fetch_q <= {CHANNEL_BITS{1'b0}};
    end else if (fetch) begin
      fetch_q <= fetch_last ? {CHANNEL_BITS{1'b0}} : fetch_q + 1'b1;
      if (fetch_last) fetch_slot_q <= !fetch_slot_q;
    end
  end

  memory_rom #(.WIDTH(32), .DEPTH(CHANNELS), .FILE(CHANNEL_FILE), .REGISTERED(0)) u_channels (
    .clk_i(clk_i), .read_i(1'b1), .address_i(fetch_q), .data_o(channel)
  );

  wire [ADDRESS_BITS-1:0] fetch_base = channel[16 +: ADDRESS_BITS]
                                       + (fetch_slot_q ? SLOT_SIZE[ADDRESS_BITS-1:0] : {ADDRESS_BITS{1'b0}});
  wire head_valid;
  wire head_ready;
  wire head_first;
  wire head_last;
  wire head_slot;
  wire [JOINTS-1:0] head_mask;
  wire [ADDRESS_BITS-1:0] head_base;
  wire [3:0] head_position;

  stream_fifo #(.WIDTH(3 + JOINTS + ADDRESS_BITS + 4), .DEPTH(2)) u_fetched (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(fetch_valid), .in_ready_o(fetch_ready),
    .in_data_i({fetch_first, fetch_last, fetch_slot_q, fetch_mask, fetch_base, channel[3:0]}),
    .out_valid_o(head_valid), .out_ready_i(head_ready),
    .out_data_o({head_first, head_last, head_slot, head_mask, head_base, head_position})
  );

  // ---- Issue: one joint a cycle --------------------------------------------------------------
  reg run_q;
  reg first_q;
  reg last_q;
  reg slot_q;
  reg [JOINTS-1:0] all_q;
  reg all_single_q;
  reg [JOINTS-1:0] mask_q;
  reg single_q;             // at most one joint is left in mask_q
  reg [ADDRESS_BITS-1:0] base_q;
  reg [3:0] position_q;
  reg [PASS_BITS-1:0] pass_q;
  reg pass_last_q;
  reg [GRAPH_BITS-1:0] graph_base_q;
  reg [COUNT_BITS-1:0] count_q;
  reg count_last_q;

  function [JOINT_BITS-1:0] lowest;
    input [JOINTS-1:0] mask;
    integer i;
    begin
      lowest = {JOINT_BITS{1'b0}};
      for (i = JOINTS - 1; i >= 0; i = i - 1) begin
        if (mask[i]) lowest = i[JOINT_BITS-1:0];
      end
    end
  endfunction

  // What ends a pass is known a cycle ahead, so that little stands between these registers and the next channel.
  wire [JOINTS-1:0] rest = mask_q & (mask_q - 1'b1);
  wire [1:0] head_count;
  wire [1:0] mask_count;
  wire head_single = !head_count[1];
  wire rest_single = mask_count != 2'd3;
  wire pass_end = run_q && single_q && count_last_q;
  wire channel_end = pass_end && pass_last_q;
  wire can_load = (!run_q || channel_end) && (!head_first || u_free_i);
  wire start = head_valid && can_load;
  wire [JOINT_BITS-1:0] joint = lowest(mask_q);

  count_few #(.WIDTH(JOINTS)) u_head_count (.bits_i(head_mask), .count_o(head_count));
  count_few #(.WIDTH(JOINTS)) u_mask_count (.bits_i(mask_q), .count_o(mask_count));

  assign head_ready = can_load;
  assign u_reserve_o = start && head_first;
  assign busy_o = run_q;
  assign waiting_o = !run_q && head_valid && !can_load;

  always @(posedge clk_i) begin
    if (start) begin
      last_q <= head_last;
      slot_q <= head_slot;
      all_q <= head_mask;
      all_single_q <= head_single;
      mask_q <= head_mask;
      single_q <= head_single;
      base_q <= head_base;
      position_q <= head_position;
      count_q <= {COUNT_BITS{1'b0}};
      count_last_q <= WORDS == 1;
    end else if (pass_end) begin
      mask_q <= all_q;
      single_q <= all_single_q;
      count_q <= {COUNT_BITS{1'b0}};
      count_last_q <= WORDS == 1;
    end else if (run_q) begin
      mask_q <= rest;
      single_q <= rest_single;
      if (!count_last_q) begin
        count_q <= count_q + 1'b1;
        count_last_q <= count_q == NEXT_LAST_COUNT[COUNT_BITS-1:0];
      end
    end
    if (rst_i) begin
      run_q <= 1'b0;
      first_q <= 1'b0;
      pass_q <= {PASS_BITS{1'b0}};
      pass_last_q <= PASSES == 1;
      graph_base_q <= {GRAPH_BITS{1'b0}};
      full_q <= 2'b00;
      unfetched_q <= 2'b00;
    end else begin
      first_q <= start || (pass_end && !channel_end);
      if (start) run_q <= 1'b1;
      else if (channel_end) run_q <= 1'b0;
      if (pass_end) begin
        pass_q <= pass_last_q ? {PASS_BITS{1'b0}} : pass_q + 1'b1;
        pass_last_q <= pass_last_q ? PASSES == 1 : pass_q == NEXT_LAST_PASS[PASS_BITS-1:0];
        graph_base_q <= pass_last_q ? {GRAPH_BITS{1'b0}} : graph_base_q + JOINTS[GRAPH_BITS-1:0];
      end
      if (channel_end && last_q) full_q[slot_q] <= 1'b0;
      if (fetch && fetch_last) unfetched_q[fetch_slot_q] <= 1'b0;
      if (write && frame_last) begin
        full_q[write_slot_q] <= 1'b1;
        unfetched_q[write_slot_q] <= 1'b1;
      end
    end
  end

  // ---- Value pipeline: bank word, rank of the channel in its hot code, value -------------------
  reg [ADDRESS_BITS-1:0] address_q;
  reg [GRAPH_BITS-1:0] graph_q;
  reg [GRAPH_BITS-1:0] graph_q2;
  reg [GRAPH_BITS-1:0] graph_q3;
  reg [14:0] below_q;       // positions below the channel's
  reg [14:0] below_q2;
  reg [2:0] zero_sh;
  reg [3:0] valid_sh;
  reg [3:0] first_sh;
  reg [3:0] capture_sh;
  reg [3:0] rank_q;
  reg [16*BITS-1:0] data_q;
  reg signed [BITS-1:0] a_q;
  wire [15:0] bank_hot;
  wire [16*BITS-1:0] bank_data;
  wire [WORDS*LANES*BITS-1:0] coefficients;

  memory_sdp #(.WIDTH(16 + 16*BITS), .DEPTH(DEPTH), .BLOCK_RAM((DEPTH > LUT_WORDS) ? 1 : 0)) u_frame (
    .clk_i(clk_i), .write_i(write), .write_address_i(write_address_q), .write_data_i({in_hot_i, in_data_i}),
    .read_i(valid_sh[0]), .read_address_i(address_q), .read_data_o({bank_hot, bank_data})
  );

  memory_rom #(
    .WIDTH(WORDS*LANES*BITS), .DEPTH(GRAPH_DEPTH), .FILE(GRAPH_FILE), .BLOCK_RAM((GRAPH_DEPTH > LUT_WORDS) ? 1 : 0)
  ) u_graph (
    .clk_i(clk_i), .read_i(valid_sh[2]), .address_i(graph_q3), .data_o(coefficients)
  );

  // Set bits in 5 bits and in 15: equations, since a sum of integers would be a chain of adders.
  function [2:0] count5;
    input [4:0] bits;
    reg sum;
    reg low;
    reg high;
    begin
      sum = bits[0] ^ bits[1] ^ bits[2];
      low = (bits[0] & bits[1]) | (bits[2] & (bits[0] ^ bits[1]));
      high = (sum & bits[3]) | (bits[4] & (sum ^ bits[3]));
      count5 = {low & high, low ^ high, sum ^ bits[3] ^ bits[4]};
    end
  endfunction

  function [3:0] count15;
    input [14:0] bits;
    reg [4:0] ones;
    reg [4:0] twos;
    reg [2:0] low;
    reg [2:0] high;
    reg carry;
    integer i;
    begin
      for (i = 0; i < 5; i = i + 1) begin
        ones[i] = bits[3*i] ^ bits[3*i + 1] ^ bits[3*i + 2];
        twos[i] = (bits[3*i] & bits[3*i + 1]) | (bits[3*i + 2] & (bits[3*i] ^ bits[3*i + 1]));
      end
      low = count5(ones);
      high = count5(twos);
      carry = low[1] & high[0];
      count15 = {high[2] ^ ((high[1] & low[2]) | (carry & (high[1] ^ low[2]))), high[1] ^ low[2] ^ carry, high[0] ^ low[1], low[0]};
    end
  endfunction

  always @(posedge clk_i) begin
    address_q <= base_q + {{(ADDRESS_BITS-JOINT_BITS){1'b0}}, joint};
    graph_q <= graph_base_q + {{(GRAPH_BITS-JOINT_BITS){1'b0}}, joint};
    graph_q2 <= graph_q;
    graph_q3 <= graph_q2;
    below_q <= ~(15'h7FFF << position_q);
    below_q2 <= below_q;
    zero_sh <= {zero_sh[1:0], mask_q == {JOINTS{1'b0}}};
    first_sh <= {first_sh[2:0], first_q};
    if (valid_sh[1]) begin
      rank_q <= count15(bank_hot[14:0] & below_q2);
      data_q <= bank_data;
    end
    a_q <= zero_sh[2] ? {BITS{1'b0}} : data_q[rank_q*BITS +: BITS];
    if (rst_i) begin
      valid_sh <= 4'd0;
      capture_sh <= 4'd0;
    end else begin
      valid_sh <= {valid_sh[2:0], run_q && (first_q || mask_q != {JOINTS{1'b0}})};
      capture_sh <= {capture_sh[2:0], pass_end};
    end
  end

  wire sum_valid;
  wire [(WORDS > 1 ? $clog2(WORDS) : 1)-1:0] sum_column;
  wire [LANES*ACC_BITS-1:0] sum;

  mac_array #(
    .COLUMNS(WORDS), .LANES(LANES), .A_BITS(BITS), .W_BITS(BITS), .ACC_BITS(ACC_BITS), .PACKED(PACKED), .FABRIC(FABRIC)
  ) u_array (
    .clk_i(clk_i), .rst_i(rst_i),
    .valid_i(valid_sh[3]), .first_i(first_sh[3]), .capture_i(capture_sh[3]),
    .a_i(a_q), .w_i(coefficients),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  // ---- Requantization and write order ---------------------------------------------------------
  localparam [SUM_BITS-1:0] HALF = (SHIFT > 0) ? ({{(SUM_BITS-1){1'b0}}, 1'b1} << SHIFT) >> 1 : {SUM_BITS{1'b0}};
  reg [LANES*SUM_BITS-1:0] rounded_q;
  reg rounded_write_q;
  reg rounded_commit_q;
  reg [WORD_BITS-1:0] word_q;
  reg [CHANNEL_BITS-1:0] drain_q;
  wire [LANES*BITS-1:0] values;
  wire word_last = word_q == LAST_WORD[WORD_BITS-1:0];
  wire drain_last = drain_q == LAST_CHANNEL[CHANNEL_BITS-1:0];
  wire _unused_ok = &{1'b0, channel, sum_column, bank_hot[15], head_count[0]};
  integer j;

  saturate #(.LANES(LANES), .IN_BITS(SUM_BITS), .OUT_BITS(BITS), .SHIFT(SHIFT), .RELU(0)) u_saturate (
    .sums_i(rounded_q), .values_o(values)
  );

  always @(posedge clk_i) begin
    for (j = 0; j < LANES; j = j + 1) begin
      rounded_q[j*SUM_BITS +: SUM_BITS] <= {{(SUM_BITS-ACC_BITS){sum[j*ACC_BITS + ACC_BITS - 1]}},
                                            sum[j*ACC_BITS +: ACC_BITS]} + HALF;
    end
    u_data_o <= values;
    if (rst_i) begin
      rounded_write_q <= 1'b0;
      rounded_commit_q <= 1'b0;
      u_write_o <= 1'b0;
      u_commit_o <= 1'b0;
      word_q <= {WORD_BITS{1'b0}};
      drain_q <= {CHANNEL_BITS{1'b0}};
    end else begin
      rounded_write_q <= sum_valid && (word_q < TOTAL_WORDS[WORD_BITS-1:0]);
      rounded_commit_q <= sum_valid && word_last && drain_last;
      u_write_o <= rounded_write_q;
      u_commit_o <= rounded_commit_q;
      if (sum_valid) begin
        word_q <= word_last ? {WORD_BITS{1'b0}} : word_q + 1'b1;
        if (word_last) drain_q <= drain_last ? {CHANNEL_BITS{1'b0}} : drain_q + 1'b1;
      end
    end
  end
endmodule

`default_nettype wire
