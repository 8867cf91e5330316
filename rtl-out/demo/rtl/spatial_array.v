// Spatial array: X(w, o) = sum over kept channels i and subsets k of U_k(w, i) * W_k(i, o) on
// JOINT_LANES x LANES multipliers, output-stationary: a tile is JOINT_LANES joints by LANES
// channels and takes max(CHANNELS * SUBSETS, JOINT_LANES) cycles. Sums leave joint by joint, all
// channels of a joint in order, LANES at a time; lanes of the last word beyond the channels mean
// nothing.
//
// Owns the U buffer (two frames) and the tile buffer (two joint groups), which turns tile order into
// row order. A word of U is JOINT_LANES joints, written GRAPH_LANES at a time in order of the joints;
// words of joints that do not exist are not written. The last product of a tile issued at cycle t
// puts joint lane j into the tile buffer at t + 6 + j.
`default_nettype none

module spatial_array #(
  parameter BITS = 16,
  parameter JOINTS = 25,
  parameter CHANNELS = 64,
  parameter SUBSETS = 3,
  parameter JOINT_LANES = 5,
  parameter JOINT_GROUPS = 5,
  parameter GRAPH_LANES = JOINT_LANES,
  parameter LANES = 8,
  parameter CHANNEL_GROUPS = 8,
  parameter ACC_BITS = 44,
  parameter PACKED = 0,
  parameter LUT_WORDS = 64, // memories of up to so many words are made of LUTs
  parameter WEIGHT_FILE = "w.mem"
) (
  input  wire clk_i,
  input  wire rst_i,
  output wire u_free_o,
  input  wire u_reserve_i,
  input  wire u_write_i,
  input  wire u_commit_i,
  input  wire [GRAPH_LANES*BITS-1:0] u_data_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [LANES*ACC_BITS-1:0] out_data_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam OPERATIONS = CHANNELS*SUBSETS;
  localparam CYCLES = (OPERATIONS > JOINT_LANES) ? OPERATIONS : JOINT_LANES;
  localparam LAST_OPERATION = OPERATIONS - 1;
  localparam SECOND_BASE = 1;
  localparam U_SIZE = OPERATIONS*JOINT_GROUPS;
  localparam U_BITS = $clog2(2*U_SIZE);
  localparam WEIGHT_DEPTH = OPERATIONS*CHANNEL_GROUPS;
  localparam WEIGHT_BITS = (WEIGHT_DEPTH > 1) ? $clog2(WEIGHT_DEPTH) : 1;
  localparam COUNT_BITS = $clog2(CYCLES + 1);
  localparam JOINT_GROUP_BITS = (JOINT_GROUPS > 1) ? $clog2(JOINT_GROUPS) : 1;
  localparam CHANNEL_GROUP_BITS = (CHANNEL_GROUPS > 1) ? $clog2(CHANNEL_GROUPS) : 1;
  localparam TILE_SIZE = JOINT_LANES*CHANNEL_GROUPS;
  localparam TILE_BITS = $clog2(2*TILE_SIZE);
  localparam LAST_JOINTS = JOINTS - (JOINT_GROUPS - 1)*JOINT_LANES;
  localparam LAST_GROUP_WORDS = LAST_JOINTS*CHANNEL_GROUPS;
  localparam NEXT_LAST_COUNT = (CYCLES > 1) ? CYCLES - 2 : 0;
  localparam LAST_JOINT_GROUP = JOINT_GROUPS - 1;
  localparam LAST_CHANNEL_GROUP = CHANNEL_GROUPS - 1;
  localparam NEXT_LAST_JOINT_GROUP = (JOINT_GROUPS > 1) ? JOINT_GROUPS - 2 : 0;
  localparam NEXT_LAST_CHANNEL_GROUP = (CHANNEL_GROUPS > 1) ? CHANNEL_GROUPS - 2 : 0;
  localparam LAST_COLUMN = JOINT_LANES - 1;
  localparam LAST_WORD = TILE_SIZE - 1;
  localparam LAST_GROUP_LAST_WORD = LAST_GROUP_WORDS - 1;
  localparam PARTS = (JOINT_LANES + GRAPH_LANES - 1)/GRAPH_LANES;
  localparam PART_BITS = (PARTS > 1) ? $clog2(PARTS) : 1;
  localparam LAST_PART = PARTS - 1;
  localparam LAST_GROUP_LAST_PART = (LAST_JOINTS - 1)/GRAPH_LANES;
  localparam COLUMN_BITS = (JOINT_LANES > 1) ? $clog2(JOINT_LANES) : 1;

  // ---- U buffer: two frames, one memory per part of a word -----------------------------------
  reg [1:0] u_busy_q;
  reg [1:0] u_full_q;
  reg u_reserve_slot_q;
  reg u_write_slot_q;
  reg [U_BITS-1:0] u_write_address_q;
  reg [JOINT_GROUP_BITS-1:0] u_group_q;
  reg [PART_BITS-1:0] u_part_q;
  wire u_last_group = u_group_q == LAST_JOINT_GROUP[JOINT_GROUP_BITS-1:0];
  wire u_word_last = u_part_q == (u_last_group ? LAST_GROUP_LAST_PART[PART_BITS-1:0] : LAST_PART[PART_BITS-1:0]);

  assign u_free_o = !u_busy_q[u_reserve_slot_q];

  // ---- Issue ---------------------------------------------------------------------------------
  reg run_q;
  reg first_q;
  reg slot_q;
  reg half_q;
  reg [JOINT_GROUP_BITS-1:0] joint_group_q;
  reg [CHANNEL_GROUP_BITS-1:0] channel_group_q;
  reg [COUNT_BITS-1:0] count_q;
  reg valid_q;          // a product is issued: only waiting for the tile's joints comes after the last
  reg count_last_q;
  reg group_last_q;
  reg frame_last_q;
  reg [U_BITS-1:0] u_address_q;
  reg [WEIGHT_BITS-1:0] weight_address_q;
  reg [1:0] half_busy_q;
  reg [1:0] half_full_q;

  wire valid = run_q && valid_q;
  wire tile_end = run_q && count_last_q;
  wire group_end = tile_end && group_last_q;
  wire frame_end = group_end && frame_last_q;
  wire next_slot = frame_end ? !slot_q : slot_q;
  wire next_half = group_end ? !half_q : half_q;
  wire [CHANNEL_GROUP_BITS-1:0] next_channel_group = group_end ? {CHANNEL_GROUP_BITS{1'b0}}
                                                     : tile_end ? channel_group_q + 1'b1 : channel_group_q;
  // First words of the joint group in the U buffer, and of the group after it.
  reg [U_BITS-1:0] group_base_q;
  reg [U_BITS-1:0] after_base_q;
  wire after_last = frame_last_q ? JOINT_GROUPS == 1 : joint_group_q == NEXT_LAST_JOINT_GROUP[JOINT_GROUP_BITS-1:0];
  wire after_slot = slot_q ^ frame_last_q;
  wire [JOINT_GROUP_BITS-1:0] next_joint_group = frame_end ? {JOINT_GROUP_BITS{1'b0}}
                                                 : group_end ? joint_group_q + 1'b1 : joint_group_q;
  // Within a group of joints tiles follow each other without a pause.
  wire new_group = !run_q || group_last_q;
  // A tile that is not the first of its group has its frame and its half. The others are seen from the flags, not through
  // next_slot and next_half, which would be a longer path.
  wire frame_ready = u_full_q[(run_q && frame_last_q) ? !slot_q : slot_q];
  wire half_ready = !half_busy_q[run_q ? !half_q : half_q];
  wire start = run_q ? tile_end && (!group_last_q || (frame_ready && half_ready)) : frame_ready && half_ready;
  wire [WEIGHT_BITS-1:0] next_weight = weight_address_q + {{(WEIGHT_BITS-1){1'b0}}, valid};

  assign busy_o = run_q;
  assign waiting_o = !run_q && frame_ready && !half_ready;

  // ---- Tile buffer write side ------------------------------------------------------------------
  wire sum_valid;
  wire [COLUMN_BITS-1:0] sum_column;
  wire [LANES*ACC_BITS-1:0] sum;
  reg tile_half_q;
  reg [CHANNEL_GROUP_BITS-1:0] tile_group_q;
  reg [TILE_BITS-1:0] tile_address_q;
  reg [TILE_BITS-1:0] tile_base_q;
  wire tile_last = sum_valid && (sum_column == LAST_COLUMN[COLUMN_BITS-1:0]);
  wire half_last = tile_last && (tile_group_q == LAST_CHANNEL_GROUP[CHANNEL_GROUP_BITS-1:0]);
  wire [TILE_BITS-1:0] other_half = tile_half_q ? {TILE_BITS{1'b0}} : TILE_SIZE[TILE_BITS-1:0];
  wire [TILE_BITS-1:0] next_base = half_last ? other_half : tile_base_q + 1'b1;

  // ---- Tile buffer read side -------------------------------------------------------------------
  reg read_half_q;
  reg [JOINT_GROUP_BITS-1:0] read_group_q;
  reg [TILE_BITS-1:0] read_address_q;
  reg [TILE_BITS-1:0] read_word_q;
  reg [2:0] credit_q;
  reg read_q;
  wire read_last_group = read_group_q == LAST_JOINT_GROUP[JOINT_GROUP_BITS-1:0];
  wire read = half_full_q[read_half_q] && (credit_q != 3'd0);
  wire read_last = read && (read_word_q == (read_last_group ? LAST_GROUP_LAST_WORD[TILE_BITS-1:0]
                                                            : LAST_WORD[TILE_BITS-1:0]));
  wire pop = out_valid_o && out_ready_i;
  wire [LANES*ACC_BITS-1:0] read_data;
  wire fifo_ready;
  wire _unused_ok = &{1'b0, fifo_ready};

  // A flag of two, or none: an index into them would become a shifter.
  function [1:0] one_of;
    input any;
    input which;
    one_of = {any && which, any && !which};
  endfunction

  always @(posedge clk_i) begin
    if (start) begin
      count_q <= {COUNT_BITS{1'b0}};
      valid_q <= 1'b1;
      count_last_q <= CYCLES == 1;
      u_address_q <= (run_q && group_last_q) ? after_base_q : group_base_q;
      weight_address_q <= new_group ? {WEIGHT_BITS{1'b0}} : next_weight;
    end else if (run_q) begin
      count_q <= count_q + 1'b1;
      if (count_q == LAST_OPERATION[COUNT_BITS-1:0]) valid_q <= 1'b0;
      count_last_q <= count_q == NEXT_LAST_COUNT[COUNT_BITS-1:0];
      if (valid) u_address_q <= u_address_q + JOINT_GROUPS[U_BITS-1:0];
      weight_address_q <= next_weight;
    end
    if (rst_i) begin
      u_busy_q <= 2'b00;
      u_full_q <= 2'b00;
      u_reserve_slot_q <= 1'b0;
      u_write_slot_q <= 1'b0;
      u_write_address_q <= {U_BITS{1'b0}};
      u_group_q <= {JOINT_GROUP_BITS{1'b0}};
      u_part_q <= {PART_BITS{1'b0}};
      run_q <= 1'b0;
      first_q <= 1'b0;
      slot_q <= 1'b0;
      half_q <= 1'b0;
      group_base_q <= {U_BITS{1'b0}};
      after_base_q <= (JOINT_GROUPS == 1) ? U_SIZE[U_BITS-1:0] : SECOND_BASE[U_BITS-1:0];
      joint_group_q <= {JOINT_GROUP_BITS{1'b0}};
      channel_group_q <= {CHANNEL_GROUP_BITS{1'b0}};
      group_last_q <= CHANNEL_GROUPS == 1;
      frame_last_q <= JOINT_GROUPS == 1;
      half_busy_q <= 2'b00;
      half_full_q <= 2'b00;
    end else begin
      u_busy_q <= (u_busy_q | one_of(u_reserve_i, u_reserve_slot_q)) & ~one_of(frame_end, slot_q);
      u_full_q <= (u_full_q | one_of(u_commit_i, u_write_slot_q)) & ~one_of(frame_end, slot_q);
      half_busy_q <= (half_busy_q | one_of(start && new_group, half_q ^ run_q)) & ~one_of(read_last, read_half_q);
      half_full_q <= (half_full_q | one_of(half_last, tile_half_q)) & ~one_of(read_last, read_half_q);
      if (u_reserve_i) u_reserve_slot_q <= !u_reserve_slot_q;
      if (u_commit_i) begin
        u_write_slot_q <= !u_write_slot_q;
        u_write_address_q <= u_write_slot_q ? {U_BITS{1'b0}} : U_SIZE[U_BITS-1:0];
      end else if (u_write_i && u_word_last) begin
        u_write_address_q <= u_write_address_q + 1'b1;
      end
      if (u_write_i) begin
        u_part_q <= u_word_last ? {PART_BITS{1'b0}} : u_part_q + 1'b1;
        if (u_word_last) u_group_q <= u_last_group ? {JOINT_GROUP_BITS{1'b0}} : u_group_q + 1'b1;
      end
      first_q <= start;
      if (start) run_q <= 1'b1;
      else if (tile_end) run_q <= 1'b0;
      slot_q <= next_slot;
      half_q <= next_half;
      joint_group_q <= next_joint_group;
      channel_group_q <= next_channel_group;
      if (tile_end) group_last_q <= group_last_q ? CHANNEL_GROUPS == 1 : channel_group_q == NEXT_LAST_CHANNEL_GROUP[CHANNEL_GROUP_BITS-1:0];
      if (group_end) begin
        frame_last_q <= after_last;
        group_base_q <= after_base_q;
        after_base_q <= !after_last ? after_base_q + 1'b1 : after_slot ? {U_BITS{1'b0}} : U_SIZE[U_BITS-1:0];
      end
    end
  end

  // Reads of the U buffer and the weights take one cycle.
  reg mac_valid_q;
  reg mac_first_q;
  reg mac_capture_q;
  wire [JOINT_LANES*BITS-1:0] u_data;
  wire [LANES*BITS-1:0] weights;

  always @(posedge clk_i) begin
    mac_first_q <= first_q;
    if (rst_i) begin
      mac_valid_q <= 1'b0;
      mac_capture_q <= 1'b0;
    end else begin
      mac_valid_q <= valid;
      mac_capture_q <= tile_end;
    end
  end

  genvar g;
  generate
    for (g = 0; g < PARTS; g = g + 1) begin : gen_part
      localparam PART = g;
      localparam FIRST = g*GRAPH_LANES;
      localparam COUNT = (JOINT_LANES - FIRST < GRAPH_LANES) ? JOINT_LANES - FIRST : GRAPH_LANES;
      memory_sdp #(.WIDTH(COUNT*BITS), .DEPTH(2*U_SIZE), .BLOCK_RAM((2*U_SIZE > LUT_WORDS) ? 1 : 0)) u_u (
        .clk_i(clk_i), .write_i(u_write_i && (u_part_q == PART[PART_BITS-1:0])),
        .write_address_i(u_write_address_q), .write_data_i(u_data_i[COUNT*BITS-1:0]),
        .read_i(valid), .read_address_i(u_address_q), .read_data_o(u_data[FIRST*BITS +: COUNT*BITS])
      );
    end
  endgenerate

  memory_rom #(.WIDTH(LANES*BITS), .DEPTH(WEIGHT_DEPTH), .FILE(WEIGHT_FILE), .BLOCK_RAM((WEIGHT_DEPTH > LUT_WORDS) ? 1 : 0)) u_weights (
    .clk_i(clk_i), .read_i(valid), .address_i(weight_address_q), .data_o(weights)
  );

  outer_array #(
    .COLUMNS(JOINT_LANES), .LANES(LANES), .BITS(BITS), .ACC_BITS(ACC_BITS), .PACKED(PACKED)
  ) u_array (
    .clk_i(clk_i), .rst_i(rst_i),
    .valid_i(mac_valid_q), .first_i(mac_first_q), .capture_i(mac_capture_q),
    .a_i(u_data), .w_i(weights),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  memory_sdp #(.WIDTH(LANES*ACC_BITS), .DEPTH(2*TILE_SIZE), .BLOCK_RAM((2*TILE_SIZE > LUT_WORDS) ? 1 : 0)) u_tile (
    .clk_i(clk_i), .write_i(sum_valid), .write_address_i(tile_address_q), .write_data_i(sum),
    .read_i(read), .read_address_i(read_address_q), .read_data_o(read_data)
  );

  stream_fifo #(.WIDTH(LANES*ACC_BITS), .DEPTH(4)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(read_q), .in_ready_o(fifo_ready), .in_data_i(read_data),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o(out_data_o)
  );

  always @(posedge clk_i) begin
    if (rst_i) begin
      tile_half_q <= 1'b0;
      tile_group_q <= {CHANNEL_GROUP_BITS{1'b0}};
      tile_address_q <= {TILE_BITS{1'b0}};
      tile_base_q <= {TILE_BITS{1'b0}};
      read_half_q <= 1'b0;
      read_group_q <= {JOINT_GROUP_BITS{1'b0}};
      read_address_q <= {TILE_BITS{1'b0}};
      read_word_q <= {TILE_BITS{1'b0}};
      credit_q <= 3'd4;
      read_q <= 1'b0;
    end else begin
      if (tile_last) begin
        tile_base_q <= next_base;
        tile_address_q <= next_base;
        tile_group_q <= half_last ? {CHANNEL_GROUP_BITS{1'b0}} : tile_group_q + 1'b1;
        if (half_last) tile_half_q <= !tile_half_q;
      end else if (sum_valid) begin
        tile_address_q <= tile_address_q + CHANNEL_GROUPS[TILE_BITS-1:0];
      end
      read_q <= read;
      if (read != pop) credit_q <= read ? credit_q - 3'd1 : credit_q + 3'd1;
      if (read_last) begin
        read_half_q <= !read_half_q;
        read_group_q <= read_last_group ? {JOINT_GROUP_BITS{1'b0}} : read_group_q + 1'b1;
        read_address_q <= read_half_q ? {TILE_BITS{1'b0}} : TILE_SIZE[TILE_BITS-1:0];
        read_word_q <= {TILE_BITS{1'b0}};
      end else if (read) begin
        read_address_q <= read_address_q + 1'b1;
        read_word_q <= read_word_q + 1'b1;
      end
    end
  end
endmodule

`default_nettype wire
