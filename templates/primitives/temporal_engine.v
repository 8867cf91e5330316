// Temporal engine: input-stationary temporal convolution with zero skipping.
//
// The row engine turns each z row (and, with HAS_AUX, each x row of the 1x1 residual convolution)
// into one sum per (output channel, tap) pair. SCHEDULE_FILE says, per row type, pass and column,
// which pair each of the LANES groups holds: {valid, tap, ring entry}; tap KERNEL is the residual. The
// sums are added into a ring of partial sums [open frame][joint][entry], one bank per group. When the
// last tap of an output frame has passed, its rows are drained in order (all channels of a joint, LANES
// at a time) and the ring is reloaded with INIT_FILE (bias plus half).
//
// Only a channel with a filter has a ring entry: those of a group are numbered in channel order, and
// RING_CHANNELS is the most that a group has. A word of INIT_FILE is {kept, start value} per group; the
// output of a channel that is not kept is its start value.
//
// Frames after the end of a person are zero: their output rows only drain, and the next person starts
// when all are drained. At most two rows wait to be drained, so an entry is always reloaded before its
// slot is used again (JOINTS >= 4, and SLOTS = ceil((KERNEL - 1)/STRIDE) + 1: the first frame that uses a
// slot again is one that closes, and so waits).
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
  parameter MAIN_BANKS = 4,
  parameter AUX_BANKS = 4,
  parameter HAS_AUX = 0,
  parameter MAX_BANKS = 4,
  parameter COLUMNS = 9,
  parameter LANES = 4,
  parameter GROUP_CHANNELS = 16,
  parameter RING_CHANNELS = 16,
  parameter SLOTS = 9,
  parameter SUM_BITS = 40,
  parameter PACKED = 0,
  parameter RING_BITS = 44,
  parameter MAIN_ALIGN = 0,
  parameter AUX_ALIGN = 0,
  parameter WEIGHT_DEPTH = 1024,
  parameter WEIGHT_FILE = "w.mem",
  parameter SCHEDULE_DEPTH = 144,
  parameter SCHEDULE_FILE = "schedule.mem",
  parameter INIT_FILE = "init.mem",
  parameter [(STRIDE+1)*32-1:0] TYPE_PASSES = 16,
  parameter [(STRIDE+1)*32-1:0] TYPE_BASE = 0,
  parameter [(STRIDE+1)*32-1:0] TYPE_LENGTH = 64,
  parameter [(STRIDE+1)*32-1:0] TYPE_SCHEDULE = 0
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire main_valid_i,
  output wire main_ready_o,
  input  wire [15:0] main_hot_i,
  input  wire [16*BITS-1:0] main_data_i,
  input  wire aux_valid_i,
  output wire aux_ready_o,
  input  wire [15:0] aux_hot_i,
  input  wire [16*BITS-1:0] aux_data_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [LANES*RING_BITS-1:0] out_data_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam PAD = (KERNEL - 1)/2;
  localparam DEPTH = SLOTS*JOINTS*RING_CHANNELS;
  localparam ADDRESS_BITS = $clog2(DEPTH);
  localparam SLOT_SIZE = JOINTS*RING_CHANNELS;
  localparam SLOT_BITS = (SLOTS > 1) ? $clog2(SLOTS) : 1;
  localparam CHANNEL_BITS = (GROUP_CHANNELS > 1) ? $clog2(GROUP_CHANNELS) : 1;
  localparam ENTRY_CHANNEL_BITS = (RING_CHANNELS > 1) ? $clog2(RING_CHANNELS) : 1;
  localparam TAP_BITS = $clog2(KERNEL + 1);
  localparam ENTRY_BITS = 1 + TAP_BITS + ENTRY_CHANNEL_BITS;
  localparam INIT_BITS = RING_BITS + 1;
  localparam JOINT_BITS = $clog2(JOINTS);
  localparam FRAME_BITS = $clog2(FRAMES + 1);
  localparam PHASE_BITS = $clog2(STRIDE + 1);
  localparam SCHEDULE_BITS = (SCHEDULE_DEPTH > 1) ? $clog2(SCHEDULE_DEPTH) : 1;
  localparam COLUMN_BITS = (COLUMNS > 1) ? $clog2(COLUMNS) : 1;
  // Output frames still open when the last frame of a person has been added.
  localparam CLOSED = (FRAMES - 1 >= PAD) ? (FRAMES - 1 - PAD)/STRIDE + 1 : 0;
  localparam LEFT_ROWS = (OUT_FRAMES - CLOSED)*JOINTS;
  localparam LEFT_BITS = $clog2(LEFT_ROWS + 2);
  localparam CLOSE_PHASE = PAD % STRIDE;
  localparam LAST_OUT = (OUT_FRAMES - 1)*STRIDE;
  localparam LAST_FRAME = FRAMES - 1;
  localparam LAST_JOINT = JOINTS - 1;
  localparam LAST_PHASE = STRIDE - 1;
  localparam LAST_COLUMN = COLUMNS - 1;
  localparam LAST_CHANNEL = GROUP_CHANNELS - 1;
  localparam LAST_SLOT = SLOTS - 1;
  localparam LAST_ROW_BASE = DEPTH - RING_CHANNELS;
  localparam LAST_OUT_FRAME = OUT_FRAMES - 1;

  // ---- Issue side: when may a group start --------------------------------------------------------
  wire next_group;
  wire group_start;
  reg [FRAME_BITS-1:0] issue_frame_q;
  reg [PHASE_BITS-1:0] issue_phase_q;
  reg [JOINT_BITS-1:0] issue_joint_q;
  reg [1:0] outstanding_q;
  reg person_hold_q;
  reg init_q;
  wire issue_closes = ({{(32-FRAME_BITS){1'b0}}, issue_frame_q} + 1 > PAD)
                      && (issue_phase_q == CLOSE_PHASE[PHASE_BITS-1:0]);
  wire group_ok = !init_q && !person_hold_q && (!issue_closes || !outstanding_q[1]);
  wire issue_joint_last = issue_joint_q == LAST_JOINT[JOINT_BITS-1:0];
  wire issue_frame_last = issue_frame_q == LAST_FRAME[FRAME_BITS-1:0];

  // ---- Row engine ----------------------------------------------------------------------------------
  wire sum_valid;
  wire [COLUMN_BITS-1:0] sum_column;
  wire [LANES*SUM_BITS-1:0] sum;
  wire pass_start;
  wire _unused_start = &{1'b0, pass_start};

  row_engine #(
    .BITS(BITS), .JOINTS(JOINTS), .FRAMES(FRAMES), .STRIDE(STRIDE),
    .MAIN_BANKS(MAIN_BANKS), .AUX_BANKS(AUX_BANKS), .HAS_AUX(HAS_AUX), .MAX_BANKS(MAX_BANKS),
    .COLUMNS(COLUMNS), .LANES(LANES), .MIN_CYCLES(COLUMNS + 1), .ACC_BITS(SUM_BITS), .PACKED(PACKED),
    .WEIGHT_DEPTH(WEIGHT_DEPTH), .WEIGHT_FILE(WEIGHT_FILE),
    .TYPE_PASSES(TYPE_PASSES), .TYPE_BASE(TYPE_BASE), .TYPE_LENGTH(TYPE_LENGTH)
  ) u_rows (
    .clk_i(clk_i), .rst_i(rst_i),
    .main_valid_i(main_valid_i), .main_ready_o(main_ready_o), .main_hot_i(main_hot_i), .main_data_i(main_data_i),
    .aux_valid_i(aux_valid_i), .aux_ready_o(aux_ready_o), .aux_hot_i(aux_hot_i), .aux_data_i(aux_data_i),
    .go_i(!next_group || group_ok), .pass_start_o(pass_start), .next_group_o(next_group), .group_start_o(group_start),
    .busy_o(busy_o), .waiting_o(waiting_o),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  // ---- Add side: the same sequence again, one step per drained pass ------------------------------
  reg [FRAME_BITS-1:0] frame_q;
  reg [PHASE_BITS-1:0] phase_q;
  reg [JOINT_BITS-1:0] joint_q;
  reg [ADDRESS_BITS-1:0] joint_base_q;
  reg [SLOT_BITS-1:0] slot_q;
  reg aux_q;
  reg [31:0] pass_q;
  reg [SCHEDULE_BITS-1:0] schedule_q;
  wire [PHASE_BITS-1:0] row_type = aux_q ? STRIDE[PHASE_BITS-1:0] : phase_q;
  wire [31:0] passes = TYPE_PASSES[row_type*32 +: 32];
  wire pass_last = sum_valid && (sum_column == LAST_COLUMN[COLUMN_BITS-1:0]);
  wire row_last = pass_last && (pass_q == passes - 32'd1);
  wire aux_follows = (HAS_AUX != 0) && !aux_q && (phase_q == {PHASE_BITS{1'b0}});
  wire group_last = row_last && !aux_follows;
  wire joint_last = joint_q == LAST_JOINT[JOINT_BITS-1:0];
  wire frame_last = frame_q == LAST_FRAME[FRAME_BITS-1:0];
  wire phase_last = phase_q == LAST_PHASE[PHASE_BITS-1:0];
  wire closes = ({{(32-FRAME_BITS){1'b0}}, frame_q} + 1 > PAD) && (phase_q == CLOSE_PHASE[PHASE_BITS-1:0]);
  wire [PHASE_BITS-1:0] next_phase = !joint_last ? phase_q : (frame_last || phase_last) ? {PHASE_BITS{1'b0}}
                                     : phase_q + 1'b1;
  wire [PHASE_BITS-1:0] next_type = aux_follows ? STRIDE[PHASE_BITS-1:0] : next_phase;
  wire [31:0] next_schedule = TYPE_SCHEDULE[next_type*32 +: 32];
  wire _unused_schedule = &{1'b0, next_schedule};

  always @(posedge clk_i) begin
    if (rst_i) begin
      frame_q <= {FRAME_BITS{1'b0}};
      phase_q <= {PHASE_BITS{1'b0}};
      joint_q <= {JOINT_BITS{1'b0}};
      joint_base_q <= {ADDRESS_BITS{1'b0}};
      slot_q <= {SLOT_BITS{1'b0}};
      aux_q <= 1'b0;
      pass_q <= 32'd0;
      schedule_q <= TYPE_SCHEDULE[0 +: SCHEDULE_BITS];
    end else if (sum_valid) begin
      schedule_q <= row_last ? next_schedule[SCHEDULE_BITS-1:0] : schedule_q + 1'b1;
      if (pass_last) pass_q <= row_last ? 32'd0 : pass_q + 32'd1;
      if (row_last) aux_q <= aux_follows;
      if (group_last) begin
        phase_q <= next_phase;
        joint_q <= joint_last ? {JOINT_BITS{1'b0}} : joint_q + 1'b1;
        joint_base_q <= joint_last ? {ADDRESS_BITS{1'b0}} : joint_base_q + RING_CHANNELS[ADDRESS_BITS-1:0];
        if (joint_last) begin
          frame_q <= frame_last ? {FRAME_BITS{1'b0}} : frame_q + 1'b1;
          if (frame_last) slot_q <= {SLOT_BITS{1'b0}};
          else if (phase_last) slot_q <= (slot_q == LAST_SLOT[SLOT_BITS-1:0]) ? {SLOT_BITS{1'b0}} : slot_q + 1'b1;
        end
      end
    end
  end

  // Slot of the output frame that tap `tap` of a row in this frame belongs to.
  function [SLOT_BITS-1:0] slot_of;
    input integer tap;
    input [PHASE_BITS-1:0] phase;
    input [SLOT_BITS-1:0] slot;
    integer f;
    integer offset;
    begin
      offset = {{(32-SLOT_BITS){1'b0}}, slot};
      for (f = 0; f < STRIDE; f = f + 1) begin
        if (phase == f[PHASE_BITS-1:0]) begin
          offset = {{(32-SLOT_BITS){1'b0}}, slot}
                   + ((tap == KERNEL ? 0 : (f + PAD - tap + STRIDE*SLOTS*KERNEL)/STRIDE) % SLOTS);
        end
      end
      if (offset >= SLOTS) offset = offset - SLOTS;
      slot_of = offset[SLOT_BITS-1:0];
    end
  endfunction

  (* mem2reg *) reg [ADDRESS_BITS-1:0] tap_base_q [0:KERNEL];
  reg [KERNEL:0] tap_exists_q;
  reg add_q;
  reg add_aux_q;
  reg [LANES*SUM_BITS-1:0] sum_q;
  wire [LANES*ENTRY_BITS-1:0] entries;
  integer t;

  memory_rom #(.WIDTH(LANES*ENTRY_BITS), .DEPTH(SCHEDULE_DEPTH), .FILE(SCHEDULE_FILE)) u_schedule (
    .clk_i(clk_i), .read_i(sum_valid), .address_i(schedule_q), .data_o(entries)
  );

  always @(posedge clk_i) begin
    if (sum_valid) begin
      sum_q <= sum;
      add_aux_q <= aux_q;
      for (t = 0; t <= KERNEL; t = t + 1) begin
        tap_base_q[t] <= joint_base_q
          + {{(ADDRESS_BITS-SLOT_BITS){1'b0}}, slot_of(t, phase_q, slot_q)}*SLOT_SIZE[ADDRESS_BITS-1:0];
        tap_exists_q[t] <= (t == KERNEL)
          || (({{(32-FRAME_BITS){1'b0}}, frame_q} + PAD >= t) && ({{(32-FRAME_BITS){1'b0}}, frame_q} + PAD <= LAST_OUT + t));
      end
    end
    add_q <= !rst_i && sum_valid;
  end

  // ---- Drain side ------------------------------------------------------------------------------------
  reg [2:0] event_q;        // group with a closing row, delayed until its adds are written
  reg [2:0] person_event_q; // last group of a person, delayed alike
  reg [1:0] ready_q;        // rows that may be drained
  reg tail_q;               // the last rows of a person are being drained
  reg [LEFT_BITS-1:0] left_q;
  reg [ADDRESS_BITS-1:0] drain_base_q;
  reg [CHANNEL_BITS-1:0] drain_channel_q;
  reg [JOINT_BITS-1:0] drain_joint_q;
  reg [FRAME_BITS-1:0] drain_frame_q;
  reg [2:0] credit_q;
  reg reload_q;
  reg reload_last_q;
  reg push_q;
  reg push_q2;
  wire pop = out_valid_o && out_ready_i;
  wire drain = (ready_q != 2'd0) && (credit_q != 3'd0) && !add_q;
  wire drain_channel_last = drain_channel_q == LAST_CHANNEL[CHANNEL_BITS-1:0];
  wire drain_joint_last = drain_joint_q == LAST_JOINT[JOINT_BITS-1:0];
  wire drain_frame_last = drain_frame_q == LAST_OUT_FRAME[FRAME_BITS-1:0];
  wire drain_row_last = drain && drain_channel_last;
  wire ring_last = drain_channel_last && (drain_base_q == LAST_ROW_BASE[ADDRESS_BITS-1:0]);
  wire post = (left_q != {LEFT_BITS{1'b0}}) && !outstanding_q[1];
  wire tail_end = tail_q && (left_q == {LEFT_BITS{1'b0}}) && (outstanding_q == 2'd0);
  wire reserve = (group_start && issue_closes) || post;
  wire ready_set = event_q[1] || post;

  always @(posedge clk_i) begin
    if (rst_i) begin
      issue_frame_q <= {FRAME_BITS{1'b0}};
      issue_phase_q <= {PHASE_BITS{1'b0}};
      issue_joint_q <= {JOINT_BITS{1'b0}};
      outstanding_q <= 2'd0;
      person_hold_q <= 1'b0;
      tail_q <= 1'b0;
      init_q <= 1'b1;
      event_q <= 3'd0;
      person_event_q <= 3'd0;
      ready_q <= 2'd0;
      left_q <= {LEFT_BITS{1'b0}};
      drain_base_q <= {ADDRESS_BITS{1'b0}};
      drain_channel_q <= {CHANNEL_BITS{1'b0}};
      drain_joint_q <= {JOINT_BITS{1'b0}};
      drain_frame_q <= {FRAME_BITS{1'b0}};
      credit_q <= 3'd4;
      reload_q <= 1'b0;
      reload_last_q <= 1'b0;
      push_q <= 1'b0;
      push_q2 <= 1'b0;
    end else begin
      if (group_start) begin
        issue_joint_q <= issue_joint_last ? {JOINT_BITS{1'b0}} : issue_joint_q + 1'b1;
        if (issue_joint_last) begin
          issue_frame_q <= issue_frame_last ? {FRAME_BITS{1'b0}} : issue_frame_q + 1'b1;
          issue_phase_q <= (issue_frame_last || issue_phase_q == LAST_PHASE[PHASE_BITS-1:0])
                           ? {PHASE_BITS{1'b0}} : issue_phase_q + 1'b1;
        end
      end
      if (group_start && issue_joint_last && issue_frame_last) person_hold_q <= 1'b1;
      else if (tail_end) person_hold_q <= 1'b0;
      if (person_event_q[1]) tail_q <= 1'b1;
      else if (tail_end) tail_q <= 1'b0;
      if (reserve && !drain_row_last) outstanding_q <= outstanding_q + 2'd1;
      if (drain_row_last && !reserve) outstanding_q <= outstanding_q - 2'd1;
      event_q <= {event_q[1:0], group_last && closes};
      person_event_q <= {person_event_q[1:0], group_last && joint_last && frame_last};
      if (ready_set && !drain_row_last) ready_q <= ready_q + 2'd1;
      if (drain_row_last && !ready_set) ready_q <= ready_q - 2'd1;
      if (person_event_q[1]) left_q <= LEFT_ROWS[LEFT_BITS-1:0];
      else if (post) left_q <= left_q - 1'b1;
      if (init_q && ring_last) init_q <= 1'b0;
      if (drain || init_q) begin
        drain_channel_q <= drain_channel_last ? {CHANNEL_BITS{1'b0}} : drain_channel_q + 1'b1;
        if (drain_channel_last) begin
          drain_base_q <= ring_last || (drain && drain_joint_last && drain_frame_last)
                          ? {ADDRESS_BITS{1'b0}} : drain_base_q + RING_CHANNELS[ADDRESS_BITS-1:0];
        end
      end
      if (drain_row_last) begin
        drain_joint_q <= drain_joint_last ? {JOINT_BITS{1'b0}} : drain_joint_q + 1'b1;
        if (drain_joint_last) drain_frame_q <= drain_frame_last ? {FRAME_BITS{1'b0}} : drain_frame_q + 1'b1;
      end
      if (drain && !pop) credit_q <= credit_q - 3'd1;
      if (pop && !drain) credit_q <= credit_q + 3'd1;
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

  memory_rom #(.WIDTH(LANES*INIT_BITS), .DEPTH(GROUP_CHANNELS), .FILE(INIT_FILE)) u_init (
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
          operand_q <= (HAS_AUX != 0 && add_aux_q)
            ? {{(RING_BITS-SUM_BITS-AUX_ALIGN){value[SUM_BITS-1]}}, value, {AUX_ALIGN{1'b0}}}
            : {{(RING_BITS-SUM_BITS-MAIN_ALIGN){value[SUM_BITS-1]}}, value, {MAIN_ALIGN{1'b0}}};
        end
        // drain_base_q is one word ahead: with the last word of a row it is the base of the next.
        if (rst_i) reload_address_q <= {ADDRESS_BITS{1'b0}};
        else if (reload_q && reload_last_q) reload_address_q <= drain_base_q;
        else if (reload_q && kept) reload_address_q <= reload_address_q + 1'b1;
      end
      ring_bank #(.DEPTH(DEPTH), .BITS(RING_BITS)) u_ring (
        .clk_i(clk_i), .operate_i(operate_q), .reload_i(reload_q), .bypass_i(reload_q && !kept),
        .address_i(reload_q ? reload_address_q : address_q),
        .add_i(operand_q), .reload_value_i(init_values[g*INIT_BITS +: RING_BITS]),
        .read_o(read_data[g*RING_BITS +: RING_BITS])
      );
    end
  endgenerate

  stream_fifo #(.WIDTH(LANES*RING_BITS), .DEPTH(4)) u_out (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(push_q2), .in_ready_o(fifo_ready), .in_data_i(read_data),
    .out_valid_o(out_valid_o), .out_ready_i(out_ready_i), .out_data_o(out_data_o)
  );
endmodule

`default_nettype wire
