// Temporal engine: input-stationary temporal convolution with zero skipping.
//
// The row engine turns each z row into one sum per (output channel, tap) pair. SCHEDULE_FILE says, per
// phase (frame mod STRIDE), pass and column, which pair each of the LANES groups holds: {valid, tap, ring
// entry}. The first EDGE_START and the last EDGE_END frames of a person lack taps: each is a class of its own,
// with the passes that it needs. The sums are added into a ring of partial sums [open frame][joint][entry], one bank per group. When the
// last tap of an output frame has passed, its rows are drained in order (all channels of a joint, LANES
// at a time) and the ring is reloaded with INIT_FILE (bias plus half).
//
// Only a channel with a filter has a ring entry: those of a group are numbered in channel order, and
// RING_CHANNELS is the most that a group has. A word of INIT_FILE is {kept, start value} per group; the
// output of a channel that is not kept is its start value.
//
// Frames after the end of a person are zero, so the person's last output rows are complete with its last
// row. Output frames take the SLOTS = ceil(KERNEL/STRIDE) slots in turn, over persons and clips. A row starts
// only when the output rows that had the slots of those it adds to before are drained: credit_q is the number
// of rows drained beyond them.
// A sum column seen at cycle t is in the ring operation at t + 2; a drained word is at the output
// three cycles after it was chosen.
`default_nettype none

module temporal_engine #(
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
  parameter LUT_WORDS = 64, // memories of up to so many words are made of LUTs
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
  output wire busy_o,
  output wire waiting_o
);
  localparam PAD = (KERNEL - 1)/2;
  localparam DEPTH = SLOTS*JOINTS*RING_CHANNELS;
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;
  localparam SLOT_SIZE = JOINTS*RING_CHANNELS;
  localparam SLOT_BITS = (SLOTS > 1) ? $clog2(SLOTS) : 1;
  localparam CHANNEL_BITS = (GROUP_CHANNELS > 1) ? $clog2(GROUP_CHANNELS) : 1;
  localparam ENTRY_CHANNEL_BITS = (RING_CHANNELS > 1) ? $clog2(RING_CHANNELS) : 1;
  localparam TAP_BITS = (KERNEL > 1) ? $clog2(KERNEL) : 1;
  localparam ENTRY_BITS = 1 + TAP_BITS + ENTRY_CHANNEL_BITS;
  localparam INIT_BITS = RING_BITS + 1;
  localparam JOINT_BITS = (JOINTS > 1) ? $clog2(JOINTS) : 1;
  localparam FRAME_BITS = $clog2(FRAMES + 1);
  localparam PHASE_BITS = (STRIDE > 1) ? $clog2(STRIDE) : 1;
  localparam SCHEDULE_BITS = (SCHEDULE_DEPTH > 1) ? $clog2(SCHEDULE_DEPTH) : 1;
  localparam COLUMN_BITS = (COLUMNS > 1) ? $clog2(COLUMNS) : 1;
  // Output frames still open when the last frame of a person has been added.
  localparam CLOSED = (FRAMES - 1 >= PAD) ? (FRAMES - 1 - PAD)/STRIDE + 1 : 0;
  localparam LEFT_ROWS = (OUT_FRAMES - CLOSED)*JOINTS;
  localparam COMPLETE_BITS = $clog2(SLOTS*JOINTS + 1);
  // Output frames that the first frame of a person opens; the others open one if their phase says so.
  localparam FIRST_OPENS = (PAD/STRIDE < OUT_FRAMES) ? PAD/STRIDE + 1 : OUT_FRAMES;
  localparam OPEN_PHASE = (STRIDE - PAD % STRIDE) % STRIDE;
  localparam CREDIT_BITS = $clog2(2*SLOTS*JOINTS + 2) + 1;
  localparam START_CREDIT = (SLOTS - FIRST_OPENS + 1)*JOINTS - 1;
  localparam FIRST_COST = FIRST_OPENS*JOINTS - JOINTS + 1;
  localparam FRAME_GAIN = JOINTS - 1;
  localparam CLOSE_PHASE = PAD % STRIDE;
  localparam LAST_OUT = (OUT_FRAMES - 1)*STRIDE;
  localparam LAST_FRAME = FRAMES - 1;
  localparam SECOND_FRAME = (FRAMES > 1) ? 1 : 0;
  localparam LAST_START = (EDGE_START > 0) ? EDGE_START - 1 : 0;
  localparam LAST_MIDDLE = (FRAMES > EDGE_END) ? FRAMES - EDGE_END - 1 : 0;
  localparam CLASSES = EDGE_START + EDGE_END + STRIDE;
  localparam CLASS_BITS = (CLASSES > 1) ? $clog2(CLASSES) : 1;
  localparam FIRST_CLASS = (EDGE_START > 0) ? 0 : (EDGE_END >= FRAMES) ? EDGE_END - FRAMES : EDGE_END;
  localparam PASS_BITS = $clog2(WEIGHT_DEPTH/(16*BANKS) + 1);
  localparam ONE_PASS = 1;
  localparam TWO_PASSES = 2;
  localparam LAST_JOINT = JOINTS - 1;
  localparam LAST_PHASE = STRIDE - 1;
  localparam LAST_COLUMN = COLUMNS - 1;
  localparam LAST_CHANNEL = GROUP_CHANNELS - 1;
  localparam LAST_SLOT = SLOTS - 1;
  localparam LAST_ROW_BASE = DEPTH - RING_CHANNELS;
  // Drains use cycles in which nothing is added: with room for many words they need not wait for the reader in those. LUT-RAM
  // is 32 words deep whether they are used or not.
  localparam OUT_WORDS = 16;
  localparam ROOM_BITS = $clog2(OUT_WORDS + 1);

  // ---- Issue side: when may a row start ----------------------------------------------------------
  wire next_row;
  wire row_start;
  reg [FRAME_BITS-1:0] issue_frame_q;
  reg [PHASE_BITS-1:0] issue_phase_q;
  reg [JOINT_BITS-1:0] issue_joint_q;
  reg signed [CREDIT_BITS-1:0] credit_q;
  reg init_q;
  wire row_ok = !init_q && !credit_q[CREDIT_BITS-1];
  wire issue_joint_last = issue_joint_q == LAST_JOINT[JOINT_BITS-1:0];
  wire issue_frame_last = issue_frame_q == LAST_FRAME[FRAME_BITS-1:0];
  wire [PHASE_BITS-1:0] issue_next_phase = (issue_frame_last || issue_phase_q == LAST_PHASE[PHASE_BITS-1:0])
                                           ? {PHASE_BITS{1'b0}} : issue_phase_q + 1'b1;
  // The next row is of the same frame, of a frame that opens an output frame, or of one that does not.
  wire next_opens = (issue_next_phase == OPEN_PHASE[PHASE_BITS-1:0])
                    && ({{(32-FRAME_BITS){1'b0}}, issue_frame_q} + 1 + PAD <= LAST_OUT);
  // Rows start at least two cycles apart, so the cost may be a register.
  reg signed [CREDIT_BITS-1:0] issue_cost_q;
  wire signed [CREDIT_BITS-1:0] issue_cost = !issue_joint_last ? {{(CREDIT_BITS-1){1'b0}}, 1'b1}
                                             : issue_frame_last ? FIRST_COST[CREDIT_BITS-1:0]
                                             : next_opens ? {{(CREDIT_BITS-1){1'b0}}, 1'b1}
                                             : -FRAME_GAIN[CREDIT_BITS-1:0];

  // ---- Row engine ----------------------------------------------------------------------------------
  wire sum_valid;
  wire [COLUMN_BITS-1:0] sum_column;
  wire [LANES*SUM_BITS-1:0] sum;
  wire pass_start;
  wire _unused_start = &{1'b0, pass_start};

  row_engine #(
    .BITS(BITS), .JOINTS(JOINTS), .FRAMES(FRAMES), .STRIDE(STRIDE),
    .BANKS(BANKS), .COLUMNS(COLUMNS), .LANES(LANES), .MIN_CYCLES(COLUMNS + 1), .ACC_BITS(SUM_BITS), .PACKED(PACKED),
    .WEIGHT_DEPTH(WEIGHT_DEPTH), .WEIGHT_FILE(WEIGHT_FILE), .LUT_WORDS(LUT_WORDS),
    .EDGE_START(EDGE_START), .EDGE_END(EDGE_END), .PASSES(PASSES), .WEIGHT_BASE(WEIGHT_BASE)
  ) u_rows (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(in_valid_i), .in_ready_o(in_ready_o), .in_hot_i(in_hot_i), .in_data_i(in_data_i),
    .go_i(!next_row || row_ok), .pass_start_o(pass_start), .next_row_o(next_row), .row_start_o(row_start),
    .busy_o(busy_o), .waiting_o(waiting_o),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  // ---- Add side: the same sequence again, one step per drained pass ------------------------------
  reg [FRAME_BITS-1:0] frame_q;
  reg [FRAME_BITS-1:0] after_frame_q; // the frame after it
  reg [PHASE_BITS-1:0] phase_q;
  reg [JOINT_BITS-1:0] joint_q;
  reg [ADDRESS_BITS-1:0] joint_base_q;
  reg [SLOT_BITS-1:0] slot_q;
  reg moved_q;                  // the row is new in this cycle
  reg [PASS_BITS-1:0] passes_q; // passes of the row that are left, this one included
  reg pass_final_q;
  reg [SCHEDULE_BITS-1:0] schedule_q;
  wire [31:0] frame = {{(32-FRAME_BITS){1'b0}}, frame_q};
  wire pass_last = sum_valid && (sum_column == LAST_COLUMN[COLUMN_BITS-1:0]);
  wire row_last = pass_last && pass_final_q;
  wire joint_last = joint_q == LAST_JOINT[JOINT_BITS-1:0];
  wire frame_last = frame_q == LAST_FRAME[FRAME_BITS-1:0];
  wire phase_last = phase_q == LAST_PHASE[PHASE_BITS-1:0];
  wire closes = ({{(32-FRAME_BITS){1'b0}}, frame_q} + 1 > PAD) && (phase_q == CLOSE_PHASE[PHASE_BITS-1:0]);
  wire [31:0] after_frame = {{(32-FRAME_BITS){1'b0}}, after_frame_q};
  wire [PHASE_BITS-1:0] after_phase = (frame_last || phase_last) ? {PHASE_BITS{1'b0}} : phase_q + 1'b1;
  wire [31:0] same_class = class_of(frame, {{(32-PHASE_BITS){1'b0}}, phase_q});
  wire [31:0] after_class = class_of(after_frame, {{(32-PHASE_BITS){1'b0}}, after_phase});
  wire [31:0] next_class = joint_last ? after_class : same_class;
  wire [31:0] next_passes = PASSES[next_class[CLASS_BITS-1:0]*32 +: 32];
  wire [31:0] next_schedule = SCHEDULE_BASE[next_class[CLASS_BITS-1:0]*32 +: 32];
  wire _unused_next = &{1'b0, next_class, next_passes, next_schedule};
  // The row after this one. Rows end at least two cycles apart, so it may be found a cycle late.
  reg [PASS_BITS-1:0] next_passes_q;
  reg [SCHEDULE_BITS-1:0] next_schedule_q;

  // The class of a frame, as in row_engine.
  function [31:0] class_of;
    input [31:0] number;
    input [31:0] phase;
    begin
      class_of = (EDGE_START > 0 && number <= LAST_START) ? number
                 : (EDGE_END >= FRAMES || number > LAST_MIDDLE) ? number + (EDGE_END + EDGE_START - FRAMES)
                 : EDGE_START + EDGE_END + phase;
    end
  endfunction

  always @(posedge clk_i) begin
    moved_q <= rst_i || row_last;
    next_passes_q <= next_passes[PASS_BITS-1:0];
    next_schedule_q <= next_schedule[SCHEDULE_BITS-1:0];
    if (rst_i) begin
      frame_q <= {FRAME_BITS{1'b0}};
      after_frame_q <= SECOND_FRAME[FRAME_BITS-1:0];
      phase_q <= {PHASE_BITS{1'b0}};
      joint_q <= {JOINT_BITS{1'b0}};
      joint_base_q <= {ADDRESS_BITS{1'b0}};
      slot_q <= {SLOT_BITS{1'b0}};
      passes_q <= PASSES[FIRST_CLASS*32 +: PASS_BITS];
      pass_final_q <= PASSES[FIRST_CLASS*32 +: PASS_BITS] == ONE_PASS[PASS_BITS-1:0];
      schedule_q <= SCHEDULE_BASE[FIRST_CLASS*32 +: SCHEDULE_BITS];
    end else if (sum_valid) begin
      schedule_q <= row_last ? next_schedule_q : schedule_q + 1'b1;
      if (pass_last) begin
        passes_q <= pass_final_q ? next_passes_q : passes_q - 1'b1;
        pass_final_q <= pass_final_q ? next_passes_q == ONE_PASS[PASS_BITS-1:0] : passes_q == TWO_PASSES[PASS_BITS-1:0];
      end
      if (row_last) begin
        if (joint_last) phase_q <= after_phase;
        joint_q <= joint_last ? {JOINT_BITS{1'b0}} : joint_q + 1'b1;
        joint_base_q <= joint_last ? {ADDRESS_BITS{1'b0}} : joint_base_q + RING_CHANNELS[ADDRESS_BITS-1:0];
        if (joint_last) begin
          frame_q <= after_frame_q;
          after_frame_q <= (after_frame_q == LAST_FRAME[FRAME_BITS-1:0]) ? {FRAME_BITS{1'b0}} : after_frame_q + 1'b1;
          if (frame_last || phase_last) slot_q <= (slot_q == LAST_SLOT[SLOT_BITS-1:0]) ? {SLOT_BITS{1'b0}} : slot_q + 1'b1;
        end
      end
    end
  end

  // First ring entry of the output frame that tap `tap` of a row in this frame belongs to: a table of phase and slot.
  // Tap t of a row in slot s belongs to slot s + (phase + PAD - t)/STRIDE (modulo SLOTS, of which enough are added to stay positive).
  function [ADDRESS_BITS-1:0] base_of;
    input integer tap;
    input [PHASE_BITS-1:0] phase;
    input [SLOT_BITS-1:0] slot;
    integer r;
    integer f;
    integer from;
    reg [ADDRESS_BITS-1:0] base;
    begin
      base_of = {ADDRESS_BITS{1'b0}};
      base = {ADDRESS_BITS{1'b0}};
      for (r = 0; r < SLOTS; r = r + 1) begin
        for (f = 0; f < STRIDE; f = f + 1) begin
          from = (r + (KERNEL + PAD + 1)*SLOTS - (f + PAD - tap + STRIDE*SLOTS*KERNEL)/STRIDE) % SLOTS;
          if (phase == f[PHASE_BITS-1:0] && {{(32-SLOT_BITS){1'b0}}, slot} == from) base_of = base;
        end
        base = base + SLOT_SIZE[ADDRESS_BITS-1:0];
      end
    end
  endfunction

  (* mem2reg *) reg [ADDRESS_BITS-1:0] tap_base_q [0:KERNEL-1];
  reg [KERNEL-1:0] tap_exists_q;
  reg add_q;
  reg [LANES*SUM_BITS-1:0] sum_q;
  wire [LANES*ENTRY_BITS-1:0] entries;
  integer t;

  memory_rom #(
    .WIDTH(LANES*ENTRY_BITS), .DEPTH(SCHEDULE_DEPTH), .FILE(SCHEDULE_FILE), .BLOCK_RAM((SCHEDULE_DEPTH > LUT_WORDS) ? 1 : 0)
  ) u_schedule (
    .clk_i(clk_i), .read_i(sum_valid), .address_i(schedule_q), .data_o(entries)
  );

  always @(posedge clk_i) begin
    if (sum_valid) sum_q <= sum;
    // The first sums of a row come two cycles after the last ones of the row before, so the last of these still add to its bases.
    if (moved_q) begin
      for (t = 0; t < KERNEL; t = t + 1) begin
        tap_base_q[t] <= joint_base_q + base_of(t, phase_q, slot_q);
        tap_exists_q[t] <= (t <= PAD || frame >= t - PAD) && (LAST_OUT + t >= PAD) && (frame <= LAST_OUT + t - PAD);
      end
    end
    add_q <= !rst_i && sum_valid;
  end

  // ---- Drain side ------------------------------------------------------------------------------------
  reg [2:0] event_q;        // row that closes an output row, delayed until its adds are written
  reg [2:0] person_event_q; // last row of a person, delayed alike
  reg [COMPLETE_BITS-1:0] complete_q; // rows that may be drained
  reg [ADDRESS_BITS-1:0] drain_base_q;
  reg [CHANNEL_BITS-1:0] drain_channel_q;
  reg [ROOM_BITS-1:0] room_q; // words that the output FIFO takes beyond those on their way
  reg reload_q;
  reg reload_last_q;
  reg push_q;
  reg push_q2;
  wire pop = out_valid_o && out_ready_i;
  wire drain = (complete_q != {COMPLETE_BITS{1'b0}}) && (room_q != {ROOM_BITS{1'b0}}) && !add_q;
  wire drain_channel_last = drain_channel_q == LAST_CHANNEL[CHANNEL_BITS-1:0];
  wire drain_row_last = drain && drain_channel_last;
  wire signed [CREDIT_BITS-1:0] drained = {{(CREDIT_BITS-1){1'b0}}, drain_row_last};
  wire ring_last = drain_channel_last && (drain_base_q == LAST_ROW_BASE[ADDRESS_BITS-1:0]);
  wire [COMPLETE_BITS-1:0] completed = {{(COMPLETE_BITS-1){1'b0}}, event_q[1]}
                                       + (person_event_q[1] ? LEFT_ROWS[COMPLETE_BITS-1:0] : {COMPLETE_BITS{1'b0}});

  always @(posedge clk_i) begin
    issue_cost_q <= issue_cost;
    if (rst_i) begin
      issue_frame_q <= {FRAME_BITS{1'b0}};
      issue_phase_q <= {PHASE_BITS{1'b0}};
      issue_joint_q <= {JOINT_BITS{1'b0}};
      credit_q <= START_CREDIT[CREDIT_BITS-1:0];
      init_q <= 1'b1;
      event_q <= 3'd0;
      person_event_q <= 3'd0;
      complete_q <= {COMPLETE_BITS{1'b0}};
      drain_base_q <= {ADDRESS_BITS{1'b0}};
      drain_channel_q <= {CHANNEL_BITS{1'b0}};
      room_q <= OUT_WORDS[ROOM_BITS-1:0];
      reload_q <= 1'b0;
      reload_last_q <= 1'b0;
      push_q <= 1'b0;
      push_q2 <= 1'b0;
    end else begin
      if (row_start) begin
        issue_joint_q <= issue_joint_last ? {JOINT_BITS{1'b0}} : issue_joint_q + 1'b1;
        if (issue_joint_last) begin
          issue_frame_q <= issue_frame_last ? {FRAME_BITS{1'b0}} : issue_frame_q + 1'b1;
          issue_phase_q <= issue_next_phase;
        end
      end
      credit_q <= row_start ? credit_q - issue_cost_q + drained : credit_q + drained;
      event_q <= {event_q[1:0], row_last && closes};
      person_event_q <= {person_event_q[1:0], row_last && joint_last && frame_last};
      complete_q <= complete_q + completed - {{(COMPLETE_BITS-1){1'b0}}, drain_row_last};
      if (init_q && ring_last) init_q <= 1'b0;
      if (drain || init_q) begin
        drain_channel_q <= drain_channel_last ? {CHANNEL_BITS{1'b0}} : drain_channel_q + 1'b1;
        if (drain_channel_last) begin
          drain_base_q <= ring_last ? {ADDRESS_BITS{1'b0}} : drain_base_q + RING_CHANNELS[ADDRESS_BITS-1:0];
        end
      end
      if (drain != pop) room_q <= drain ? room_q - 1'b1 : room_q + 1'b1;
      reload_q <= drain || init_q;
      reload_last_q <= drain_channel_last;
      push_q <= drain;
      push_q2 <= push_q;
    end
  end

  wire [LANES*INIT_BITS-1:0] init_values;
  wire [LANES*RING_BITS-1:0] read_data;
  wire fifo_ready;
  wire _unused_ok = &{1'b0, fifo_ready, event_q[2], person_event_q[2]};

  memory_rom #(
    .WIDTH(LANES*INIT_BITS), .DEPTH(GROUP_CHANNELS), .FILE(INIT_FILE), .BLOCK_RAM((GROUP_CHANNELS > LUT_WORDS) ? 1 : 0)
  ) u_init (
    .clk_i(clk_i), .read_i(drain || init_q), .address_i(drain_channel_q), .data_o(init_values)
  );

  // ---- The ring: one bank per group --------------------------------------------------------------
  genvar g;
  generate
    for (g = 0; g < LANES; g = g + 1) begin : gen_bank
      wire [ENTRY_BITS-1:0] entry = entries[g*ENTRY_BITS +: ENTRY_BITS];
      wire [TAP_BITS-1:0] tap = entry[ENTRY_CHANNEL_BITS +: TAP_BITS];
      wire [SUM_BITS-1:0] value = sum_q[g*SUM_BITS +: SUM_BITS];
      wire kept = init_values[g*INIT_BITS + RING_BITS];
      reg operate_q;
      reg [ADDRESS_BITS-1:0] address_q;
      reg [RING_BITS-1:0] operand_q;
      reg [ADDRESS_BITS-1:0] reload_address_q;
      always @(posedge clk_i) begin
        operate_q <= !rst_i && (drain || init_q || (add_q && entry[ENTRY_BITS-1] && tap_exists_q[tap]));
        if (add_q) begin
          address_q <= tap_base_q[tap] + {{(ADDRESS_BITS-ENTRY_CHANNEL_BITS){1'b0}}, entry[ENTRY_CHANNEL_BITS-1:0]};
          operand_q <= {{(RING_BITS-SUM_BITS-ALIGN){value[SUM_BITS-1]}}, value, {ALIGN{1'b0}}};
        end
        // drain_base_q is one word ahead: with the last word of a row it is the base of the next.
        if (rst_i) reload_address_q <= {ADDRESS_BITS{1'b0}};
        else if (reload_q && reload_last_q) reload_address_q <= drain_base_q;
        else if (reload_q && kept) reload_address_q <= reload_address_q + 1'b1;
      end
      ring_bank #(.DEPTH(DEPTH), .BITS(RING_BITS), .LUT_WORDS(LUT_WORDS)) u_ring (
        .clk_i(clk_i), .operate_i(operate_q), .reload_i(reload_q), .bypass_i(reload_q && !kept),
        .address_i(reload_q ? reload_address_q : address_q),
        .add_i(operand_q), .reload_value_i(init_values[g*INIT_BITS +: RING_BITS]),
        .read_o(read_data[g*RING_BITS +: RING_BITS])
      );
    end
  endgenerate

  stream_fifo #(.WIDTH(LANES*RING_BITS), .DEPTH(OUT_WORDS)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(push_q2), .in_ready_o(fifo_ready), .in_data_i(read_data),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o(out_data_o)
  );
endmodule

`default_nettype wire
