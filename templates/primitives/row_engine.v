// Row engine: buffers RFC rows (all channels of one joint in one frame) and multiplies every
// non-zero of a row by the weights of all lanes, one non-zero a cycle, PASSES times if there are
// more outputs than lanes. Input-stationary: each lane holds the sum of one output of the pass.
//
// The passes of a row depend on the class of its frame: each of the first EDGE_START and of the last EDGE_END
// frames is one, the others have their phase, frame mod STRIDE. PASSES and WEIGHT_BASE hold, per class,
// 32 bits: number of passes and first weight address. A pass has 16*BANKS weight words.
//
// A pass takes max(non-zeros, 1, MIN_CYCLES) cycles; empty banks cost nothing. A pass starts only
// when go_i is set; next_row_o says that the pass to start next is the first of a row. The last
// value of a pass issued at cycle t puts column c on sum_o at t + 7 + c.
`default_nettype none

module row_engine #(
  parameter BITS = 16,
  parameter JOINTS = 25,
  parameter FRAMES = 300,
  parameter STRIDE = 1,
  parameter BANKS = 4,
  parameter COLUMNS = 4,
  parameter LANES = 4,
  parameter MIN_CYCLES = 4,
  parameter ACC_BITS = 40,
  parameter PACKED = 0,
  parameter LUT_WORDS = 64, // weights of up to so many words are made of LUTs
  parameter WEIGHT_DEPTH = 64,
  parameter WEIGHT_FILE = "w.mem",
  parameter EDGE_START = 0,
  parameter EDGE_END = 0,
  parameter [(EDGE_START+EDGE_END+STRIDE)*32-1:0] PASSES = 1,
  parameter [(EDGE_START+EDGE_END+STRIDE)*32-1:0] WEIGHT_BASE = 0
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output reg  in_ready_o,
  input  wire [15:0] in_hot_i,
  input  wire [16*BITS-1:0] in_data_i,
  input  wire go_i,
  output wire pass_start_o,
  output wire next_row_o,
  output wire row_start_o,
  output wire busy_o,
  output wire waiting_o,
  output wire sum_valid_o,
  output wire [(COLUMNS > 1 ? $clog2(COLUMNS) : 1)-1:0] sum_column_o,
  output wire [LANES*ACC_BITS-1:0] sum_o
);
  localparam BANK_BITS = (BANKS > 1) ? $clog2(BANKS) : 1;
  localparam ENTRY_BITS = $clog2(BANKS + 1);
  localparam JOINT_BITS = (JOINTS > 1) ? $clog2(JOINTS) : 1;
  localparam FRAME_BITS = (FRAMES > 1) ? $clog2(FRAMES) : 1;
  localparam LAST_FRAME = FRAMES - 1;
  localparam PHASE_BITS = (STRIDE > 1) ? $clog2(STRIDE) : 1;
  localparam CLASSES = EDGE_START + EDGE_END + STRIDE;
  localparam CLASS_BITS = (CLASSES > 1) ? $clog2(CLASSES) : 1;
  localparam ADDRESS_BITS = (WEIGHT_DEPTH > 1) ? $clog2(WEIGHT_DEPTH) : 1;
  localparam COUNT_BITS = $clog2(MIN_CYCLES + 1);
  localparam NEXT_LAST_COUNT = (MIN_CYCLES > 1) ? MIN_CYCLES - 2 : 0;
  localparam LAST_JOINT = JOINTS - 1;
  localparam LAST_PHASE = STRIDE - 1;
  localparam LAST_BANK = BANKS - 1;
  localparam LAST_START = (EDGE_START > 0) ? EDGE_START - 1 : 0;
  localparam LAST_MIDDLE = (FRAMES > EDGE_END) ? FRAMES - EDGE_END - 1 : 0;
  localparam ONE_ENTRY = 1;
  localparam TWO_PASSES = 2;
  localparam PASS_LENGTH = 16*BANKS;
  localparam PASS_BITS = $clog2(WEIGHT_DEPTH/PASS_LENGTH + 1);

  // ---- Loader: non-empty banks of a row into one of two slots -------------------------------
  // What depends on the number of entries, passes or bits alone is found when a row comes, not when it starts.
  // Hot codes are read as the values before them come to an end, so values have a memory of their own.
  reg [1+BANK_BITS+16-1:0] row_mem [0:2*(1 << BANK_BITS)-1];
  reg [16*BITS-1:0] value_mem [0:2*(1 << BANK_BITS)-1];
  (* mem2reg *) reg [ENTRY_BITS-1:0] slot_entries_q [0:1];
  (* mem2reg *) reg [PASS_BITS-1:0] slot_passes_q [0:1];
  (* mem2reg *) reg [ADDRESS_BITS-1:0] slot_base_q [0:1];
  reg [1:0] slot_none_q;       // no entry
  reg [1:0] slot_few_q;        // at most one entry
  reg [1:0] slot_one_pass_q;
  reg [1:0] slot_full_q;
  reg load_slot_q;
  reg [BANK_BITS-1:0] load_bank_q;
  reg [ENTRY_BITS-1:0] load_entries_q;
  reg [JOINT_BITS-1:0] load_joint_q;
  reg [FRAME_BITS-1:0] load_frame_q;
  reg [PHASE_BITS-1:0] load_phase_q;

  wire load = in_valid_i && in_ready_o;
  wire next_load_slot = load_slot_q ^ (load && load_last);
  wire load_keep = in_hot_i != 16'd0;
  wire load_last = load_bank_q == LAST_BANK[BANK_BITS-1:0];
  wire frame_last = load_frame_q == LAST_FRAME[FRAME_BITS-1:0];
  wire [31:0] load_frame = {{(32-FRAME_BITS){1'b0}}, load_frame_q};
  wire [31:0] load_class = (EDGE_START > 0 && load_frame <= LAST_START) ? load_frame
                           : (EDGE_END >= FRAMES || load_frame > LAST_MIDDLE) ? load_frame + (EDGE_END + EDGE_START - FRAMES)
                           : EDGE_START + EDGE_END + {{(32-PHASE_BITS){1'b0}}, load_phase_q};
  wire [31:0] load_passes = PASSES[load_class[CLASS_BITS-1:0]*32 +: 32];
  wire [31:0] load_base = WEIGHT_BASE[load_class[CLASS_BITS-1:0]*32 +: 32];
  wire [1:0] load_count;
  wire load_none = load_entries_q == {ENTRY_BITS{1'b0}};
  wire _unused_load = &{1'b0, load_class, load_passes, load_base, load_count[0]};
  wire joint_last = load_joint_q == LAST_JOINT[JOINT_BITS-1:0];

  count_few #(.WIDTH(16)) u_load_count (.bits_i(in_hot_i), .count_o(load_count));

  always @(posedge clk_i) begin
    if (load && load_keep) begin
      row_mem[{load_slot_q, load_entries_q[BANK_BITS-1:0]}] <= {!load_count[1], load_bank_q, in_hot_i};
      value_mem[{load_slot_q, load_entries_q[BANK_BITS-1:0]}] <= in_data_i;
    end
    if (load && load_last) begin
      slot_entries_q[load_slot_q] <= load_entries_q + {{(ENTRY_BITS-1){1'b0}}, load_keep};
      slot_passes_q[load_slot_q] <= load_passes[PASS_BITS-1:0];
      slot_base_q[load_slot_q] <= load_base[ADDRESS_BITS-1:0];
      slot_none_q[load_slot_q] <= load_none && !load_keep;
      slot_few_q[load_slot_q] <= load_none || (!load_keep && load_entries_q == ONE_ENTRY[ENTRY_BITS-1:0]);
      slot_one_pass_q[load_slot_q] <= load_passes == 32'd1;
    end
    if (rst_i) begin
      load_slot_q <= 1'b0;
      load_bank_q <= {BANK_BITS{1'b0}};
      load_entries_q <= {ENTRY_BITS{1'b0}};
      load_joint_q <= {JOINT_BITS{1'b0}};
      load_frame_q <= {FRAME_BITS{1'b0}};
      load_phase_q <= {PHASE_BITS{1'b0}};
    end else if (load) begin
      if (!load_last) begin
        load_bank_q <= load_bank_q + 1'b1;
        load_entries_q <= load_entries_q + {{(ENTRY_BITS-1){1'b0}}, load_keep};
      end else begin
        load_bank_q <= {BANK_BITS{1'b0}};
        load_entries_q <= {ENTRY_BITS{1'b0}};
        load_slot_q <= !load_slot_q;
        load_joint_q <= joint_last ? {JOINT_BITS{1'b0}} : load_joint_q + 1'b1;
        if (joint_last) begin
          load_frame_q <= frame_last ? {FRAME_BITS{1'b0}} : load_frame_q + 1'b1;
          load_phase_q <= (frame_last || load_phase_q == LAST_PHASE[PHASE_BITS-1:0])
                          ? {PHASE_BITS{1'b0}} : load_phase_q + 1'b1;
        end
      end
    end
  end

  // ---- Issue: one non-zero a cycle ----------------------------------------------------------
  reg run_q;
  reg first_q;
  reg slot_q;
  reg [PASS_BITS-1:0] passes_q;      // passes of the row that are left, this one included
  reg row_next_q;                    // the next pass to start is the first of a row
  reg [ADDRESS_BITS-1:0] base_q;
  reg [COUNT_BITS-1:0] count_q;
  reg count_last_q;
  reg [15:0] hot_q;
  reg single_q;                      // at most one bit of hot_q is set
  reg [BANK_BITS-1:0] value_entry_q; // of the values, and which of them comes next
  reg [3:0] value_q;
  reg [BANK_BITS-1:0] bank_q;
  reg [ENTRY_BITS-1:0] entry_q;
  reg entry_last_q;                  // no further entry

  // Index of the lowest set bit.
  function [3:0] lowest;
    input [15:0] hot;
    integer i;
    begin
      lowest = 4'd0;
      for (i = 15; i >= 0; i = i - 1) begin
        if (hot[i]) lowest = i[3:0];
      end
    end
  endfunction

  wire [15:0] hot_rest = hot_q & (hot_q - 16'd1);
  wire [1:0] hot_count;
  wire rest_single = hot_count != 2'd3;
  wire pass_end = run_q && single_q && entry_last_q && count_last_q;
  wire row_end = pass_end && row_next_q;
  wire next_slot = row_end ? !slot_q : slot_q;
  wire start = (!run_q || pass_end) && slot_full_q[next_slot] && go_i;
  wire [BANK_BITS-1:0] read_entry = start ? {BANK_BITS{1'b0}} : entry_q[BANK_BITS-1:0];
  wire [1+BANK_BITS+16-1:0] entry = row_mem[{start ? next_slot : slot_q, read_entry}];
  wire entry_single = entry[16+BANK_BITS];
  wire [16*BITS-1:0] values = value_mem[{slot_q, value_entry_q}];
  wire [BITS-1:0] value = values[value_q*BITS +: BITS];
  wire none = slot_none_q[next_slot];
  wire advance = run_q && single_q && !entry_last_q;
  wire take = start || advance;
  wire empty = start && none;
  wire [ENTRY_BITS-1:0] next_entry = entry_q + 1'b1;

  count_few #(.WIDTH(16)) u_hot_count (.bits_i(hot_q), .count_o(hot_count));

  assign pass_start_o = start;
  assign next_row_o = row_next_q;
  assign row_start_o = start && next_row_o;
  assign busy_o = run_q;
  assign waiting_o = !run_q && slot_full_q[slot_q] && !go_i;

  always @(posedge clk_i) begin
    // Without a non-zero left the value means nothing, so the count may go on.
    value_q <= take ? 4'd0 : value_q + 4'd1;
    if (take) value_entry_q <= read_entry;
    hot_q <= !take ? hot_rest : empty ? 16'd0 : entry[15:0];
    single_q <= !take ? rest_single : empty || entry_single;
    // An empty row multiplies 0 by a weight, which must exist: 0 times unknown is unknown.
    if (take) bank_q <= empty ? {BANK_BITS{1'b0}} : entry[16 +: BANK_BITS];
    if (start) begin
      entry_q <= {{(ENTRY_BITS-1){1'b0}}, !none};
      entry_last_q <= slot_few_q[next_slot];
      count_q <= {COUNT_BITS{1'b0}};
      count_last_q <= MIN_CYCLES == 1;
      base_q <= row_next_q ? slot_base_q[next_slot] : base_q + PASS_LENGTH[ADDRESS_BITS-1:0];
      passes_q <= row_next_q ? slot_passes_q[next_slot] : passes_q - 1'b1;
    end else if (run_q) begin
      if (!count_last_q) begin
        count_q <= count_q + 1'b1;
        count_last_q <= count_q == NEXT_LAST_COUNT[COUNT_BITS-1:0];
      end
      if (advance) begin
        entry_q <= next_entry;
        entry_last_q <= next_entry == slot_entries_q[slot_q];
      end
    end
    if (rst_i) begin
      run_q <= 1'b0;
      first_q <= 1'b0;
      slot_q <= 1'b0;
      row_next_q <= 1'b1;
      slot_full_q <= 2'b00;
      in_ready_o <= 1'b1;
    end else begin
      first_q <= start;
      if (start) run_q <= 1'b1;
      else if (pass_end) run_q <= 1'b0;
      slot_q <= next_slot;
      if (start) row_next_q <= row_next_q ? slot_one_pass_q[next_slot] : passes_q == TWO_PASSES[PASS_BITS-1:0];
      in_ready_o <= !slot_full_q[next_load_slot] || (row_end && slot_q == next_load_slot);
      if (row_end) slot_full_q[slot_q] <= 1'b0;
      if (load && load_last) slot_full_q[load_slot_q] <= 1'b1;
    end
  end

  // ---- Weight read and products -------------------------------------------------------------
  reg valid_q;
  reg valid_q2;
  reg mac_first_q;
  reg mac_first_q2;
  reg capture_q;
  reg capture_q2;
  reg [ADDRESS_BITS-1:0] address_q;
  reg signed [BITS-1:0] a_q;
  reg signed [BITS-1:0] a_q2;
  wire [COLUMNS*LANES*BITS-1:0] weights;
  wire [31:0] index = {{(28-BANK_BITS){1'b0}}, bank_q, lowest(hot_q)};
  wire _unused_index = &{1'b0, index};

  always @(posedge clk_i) begin
    address_q <= base_q + index[ADDRESS_BITS-1:0];
    a_q <= (hot_q == 16'd0) ? {BITS{1'b0}} : value;
    a_q2 <= a_q;
    mac_first_q <= first_q;
    mac_first_q2 <= mac_first_q;
    if (rst_i) begin
      valid_q <= 1'b0;
      valid_q2 <= 1'b0;
      capture_q <= 1'b0;
      capture_q2 <= 1'b0;
    end else begin
      valid_q <= run_q && (first_q || hot_q != 16'd0);
      valid_q2 <= valid_q;
      capture_q <= pass_end;
      capture_q2 <= capture_q;
    end
  end

  memory_rom #(
    .WIDTH(COLUMNS*LANES*BITS), .DEPTH(WEIGHT_DEPTH), .FILE(WEIGHT_FILE), .BLOCK_RAM((WEIGHT_DEPTH > LUT_WORDS) ? 1 : 0)
  ) u_weights (
    .clk_i(clk_i), .read_i(valid_q), .address_i(address_q), .data_o(weights)
  );

  mac_array #(
    .COLUMNS(COLUMNS), .LANES(LANES), .A_BITS(BITS), .W_BITS(BITS), .ACC_BITS(ACC_BITS), .PACKED(PACKED)
  ) u_array (
    .clk_i(clk_i), .rst_i(rst_i),
    .valid_i(valid_q2), .first_i(mac_first_q2), .capture_i(capture_q2),
    .a_i(a_q2), .w_i(weights),
    .sum_valid_o(sum_valid_o), .sum_column_o(sum_column_o), .sum_o(sum_o)
  );
endmodule

`default_nettype wire
