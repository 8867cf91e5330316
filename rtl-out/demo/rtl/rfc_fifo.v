// FIFO of RFC banks: hot codes in one memory, the packed values in four mini-bank memories of
// WORDS0..WORDS3 four-value words, each written only when the bank has that many non-zeros.
//
// Rule for full mini-banks (deterministic, from the data alone): over the last WINDOW frames of
// FRAME_BANKS banks each, mini-bank j takes at most WORDSj words; from the first word refused on,
// the rest of the bank is dropped: its hot bits are cleared and dropped_o counts the words.
// DEPTH <= (WINDOW - 1) * FRAME_BANKS guarantees that a mini-bank never overflows.
// WORDSj >= DEPTH + 1 can never drop (lossless) and needs no counting. dropped_o is two cycles behind.
//
// A bank pushed at cycle t into an empty FIFO is on the output at t + 3.
`default_nettype none

module rfc_fifo #(
  parameter BITS = 16,
  parameter DEPTH = 64,
  parameter WORDS0 = 65,
  parameter WORDS1 = 65,
  parameter WORDS2 = 65,
  parameter WORDS3 = 65,
  parameter FRAME_BANKS = 64,
  parameter WINDOW = 2,
  parameter LUT_WORDS = 64 // memories of up to so many words are made of LUTs
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output reg  in_ready_o,
  input  wire [15:0] in_hot_i,
  input  wire [16*BITS-1:0] in_data_i,
  output reg  out_valid_o,
  input  wire out_ready_i,
  output reg  [15:0] out_hot_o,
  output wire [16*BITS-1:0] out_data_o,
  output reg  [31:0] dropped_o
);
  localparam POINTER_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;
  localparam COUNT_BITS = $clog2(DEPTH + 1);
  localparam LAST = DEPTH - 1;

  // A mini-bank that holds all words of DEPTH banks can never be full.
  localparam LOSSLESS0 = WORDS0 > DEPTH;
  localparam LOSSLESS1 = WORDS1 > DEPTH;
  localparam LOSSLESS2 = WORDS2 > DEPTH;
  localparam LOSSLESS3 = WORDS3 > DEPTH;
  localparam LOSSLESS = LOSSLESS0 && LOSSLESS1 && LOSSLESS2 && LOSSLESS3;

  // A hot code goes into memory as it came, with the words that are taken of its bank: what is cut off is cleared when it
  // leaves.
  wire [19:0] head_q;
  reg head_valid_q;
  reg [POINTER_BITS-1:0] write_q;
  reg [POINTER_BITS-1:0] read_q;
  reg [COUNT_BITS-1:0] count_q;

  wire push = in_valid_i && in_ready_o;
  wire read = (count_q != {COUNT_BITS{1'b0}}) && (!head_valid_q || head_pop);
  wire head_pop = head_valid_q && (!out_valid_o || out_ready_i);

  wire [3:0] mini_room;
  wire [3:0] taken;
  wire [3:0] write;
  wire [3:0] lost;
  wire [15:0] kept;
  wire [15:0] in_hot_kept;
  wire _unused_kept = &{1'b0, in_hot_kept};
  wire [3:0] head_words = head_q[19:16];
  reg [3:0] lost_q;
  wire lost_two = (lost_q[0] && lost_q[1]) || (lost_q[2] && lost_q[3]) || (lost_q[1:0] != 2'd0 && lost_q[3:2] != 2'd0);
  wire [2:0] lost_count = {&lost_q, lost_two && !(&lost_q), ^lost_q};

  rfc_words u_take (
    .hot_i(in_hot_i), .room_i(mini_room | {LOSSLESS3, LOSSLESS2, LOSSLESS1, LOSSLESS0}), .push_i(push),
    .taken_o(taken), .write_o(write), .lost_o(lost), .kept_o(in_hot_kept)
  );

  generate
    if (LOSSLESS) begin : gen_whole
      assign kept = head_q[15:0];
    end else begin : gen_cut
      wire [3:0] head_taken;
      wire [3:0] head_write;
      wire [3:0] head_lost;
      wire _unused_ok = &{1'b0, head_taken, head_write, head_lost};
      rfc_words #(.CUT(1)) u_cut (
        .hot_i(head_q[15:0]), .room_i(head_words), .push_i(1'b0),
        .taken_o(head_taken), .write_o(head_write), .lost_o(head_lost), .kept_o(kept)
      );
    end
  endgenerate

  memory_sdp #(.WIDTH(20), .DEPTH(DEPTH), .BLOCK_RAM((DEPTH > LUT_WORDS) ? 1 : 0)) u_hot (
    .clk_i(clk_i), .write_i(push), .write_address_i(write_q), .write_data_i({taken, in_hot_i}),
    .read_i(read), .read_address_i(read_q), .read_data_o(head_q)
  );

  always @(posedge clk_i) begin
    if (head_pop) out_hot_o <= kept;
    if (rst_i) begin
      write_q <= {POINTER_BITS{1'b0}};
      read_q <= {POINTER_BITS{1'b0}};
      count_q <= {COUNT_BITS{1'b0}};
      in_ready_o <= 1'b1;
      head_valid_q <= 1'b0;
      out_valid_o <= 1'b0;
      lost_q <= 4'd0;
      dropped_o <= 32'd0;
    end else begin
      if (push) write_q <= (write_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : write_q + 1'b1;
      if (read) read_q <= (read_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : read_q + 1'b1;
      if (read) in_ready_o <= 1'b1;
      else if (push) in_ready_o <= count_q != LAST[COUNT_BITS-1:0];
      if (push != read) count_q <= push ? count_q + 1'b1 : count_q - 1'b1;
      if (read) head_valid_q <= 1'b1;
      else if (head_pop) head_valid_q <= 1'b0;
      if (head_pop) out_valid_o <= 1'b1;
      else if (out_ready_i) out_valid_o <= 1'b0;
      lost_q <= lost;
      dropped_o <= dropped_o + {29'd0, lost_count};
    end
  end

  rfc_mini_bank #(
    .BITS(4*BITS), .WORDS(WORDS0), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW), .LUT_WORDS(LUT_WORDS)
  ) u_mini_0 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(write[0]), .room_o(mini_room[0]),
    .data_i(in_data_i[0*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[0]), .data_o(out_data_o[0*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(
    .BITS(4*BITS), .WORDS(WORDS1), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW), .LUT_WORDS(LUT_WORDS)
  ) u_mini_1 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(write[1]), .room_o(mini_room[1]),
    .data_i(in_data_i[1*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[1]), .data_o(out_data_o[1*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(
    .BITS(4*BITS), .WORDS(WORDS2), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW), .LUT_WORDS(LUT_WORDS)
  ) u_mini_2 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(write[2]), .room_o(mini_room[2]),
    .data_i(in_data_i[2*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[2]), .data_o(out_data_o[2*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(
    .BITS(4*BITS), .WORDS(WORDS3), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW), .LUT_WORDS(LUT_WORDS)
  ) u_mini_3 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(write[3]), .room_o(mini_room[3]),
    .data_i(in_data_i[3*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[3]), .data_o(out_data_o[3*4*BITS +: 4*BITS])
  );
endmodule

`default_nettype wire
