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
  parameter WINDOW = 2
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

  // Bits set in 6 bits, and the sum of two such counts: written as equations, so that synthesis makes LUTs and no carry
  // chains of them.
  function [2:0] count6;
    input [5:0] hot;
    reg [1:0] a;
    reg [1:0] b;
    reg carry;
    begin
      a = {(hot[0] & hot[1]) | (hot[2] & (hot[0] ^ hot[1])), hot[0] ^ hot[1] ^ hot[2]};
      b = {(hot[3] & hot[4]) | (hot[5] & (hot[3] ^ hot[4])), hot[3] ^ hot[4] ^ hot[5]};
      carry = a[0] & b[0];
      count6 = {(a[1] & b[1]) | (carry & (a[1] ^ b[1])), a[1] ^ b[1] ^ carry, a[0] ^ b[0]};
    end
  endfunction

  function [3:0] add3;
    input [2:0] a;
    input [2:0] b;
    reg carry0;
    reg carry1;
    begin
      carry0 = a[0] & b[0];
      carry1 = (a[1] & b[1]) | (carry0 & (a[1] ^ b[1]));
      add3 = {(a[2] & b[2]) | (carry1 & (a[2] ^ b[2])), a[2] ^ b[2] ^ carry1, a[1] ^ b[1] ^ carry0, a[0] ^ b[0]};
    end
  endfunction

  // More than 12, 8 and 4 bits set in 16; up to 12 are in `twelve`, up to 4 in `four`.
  function [2:0] over;
    input [3:0] twelve;
    input [2:0] four;
    begin
      case (four)
        3'd0: over = {1'b0, twelve > 4'd8, twelve > 4'd4};
        3'd1: over = {twelve > 4'd11, twelve > 4'd7, twelve > 4'd3};
        3'd2: over = {twelve > 4'd10, twelve > 4'd6, twelve > 4'd2};
        3'd3: over = {twelve > 4'd9, twelve > 4'd5, twelve > 4'd1};
        default: over = {twelve > 4'd8, twelve > 4'd4, twelve > 4'd0};
      endcase
    end
  endfunction

  // How many four-value words a hot code needs: bit j set if word j exists.
  function [3:0] words_of;
    input [15:0] hot;
    begin
      words_of = {over(add3(count6(hot[5:0]), count6(hot[11:6])), count6({2'b00, hot[15:12]})), hot != 16'd0};
    end
  endfunction

  // The non-zeros of a hot code that are in the words taken.
  function [15:0] kept_of;
    input [15:0] hot;
    input [3:0] taken;
    integer i;
    reg [14:0] below;
    reg [2:0] more;
    begin
      below = 15'd0;
      for (i = 0; i < 16; i = i + 1) begin
        // One more than the non-zeros before this one: over 12, 8, 4?
        more = over(add3(count6(below[5:0]), count6(below[11:6])), count6({2'b00, below[14:12], 1'b1}));
        kept_of[i] = hot[i] && (more[2] ? taken[3] : more[1] ? taken[2] : more[0] ? taken[1] : taken[0]);
        if (i < 15) below[i] = hot[i];
      end
    end
  endfunction

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

  wire [3:0] needed = words_of(in_hot_i);
  wire [3:0] mini_room;
  wire [3:0] room = mini_room | {LOSSLESS3, LOSSLESS2, LOSSLESS1, LOSSLESS0};
  wire [3:0] taken = {needed[3] && (&room[3:0]), needed[2] && (&room[2:0]),
                      needed[1] && (&room[1:0]), needed[0] && room[0]};
  wire [3:0] lost = needed & ~taken;
  wire [3:0] head_words = head_q[19:16];
  reg [3:0] lost_q;

  memory_sdp #(.WIDTH(20), .DEPTH(DEPTH)) u_hot (
    .clk_i(clk_i), .write_i(push), .write_address_i(write_q), .write_data_i({taken, in_hot_i}),
    .read_i(read), .read_address_i(read_q), .read_data_o(head_q)
  );

  always @(posedge clk_i) begin
    if (head_pop) out_hot_o <= LOSSLESS ? head_q[15:0] : kept_of(head_q[15:0], head_words);
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
      if (push && !read) count_q <= count_q + 1'b1;
      if (read && !push) count_q <= count_q - 1'b1;
      if (read) head_valid_q <= 1'b1;
      else if (head_pop) head_valid_q <= 1'b0;
      if (head_pop) out_valid_o <= 1'b1;
      else if (out_ready_i) out_valid_o <= 1'b0;
      lost_q <= push ? lost : 4'd0;
      dropped_o <= dropped_o + {29'd0, count6({2'b00, lost_q})};
    end
  end

  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS0), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_0 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[0]), .room_o(mini_room[0]),
    .data_i(in_data_i[0*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[0]), .data_o(out_data_o[0*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS1), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_1 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[1]), .room_o(mini_room[1]),
    .data_i(in_data_i[1*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[1]), .data_o(out_data_o[1*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS2), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_2 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[2]), .room_o(mini_room[2]),
    .data_i(in_data_i[2*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[2]), .data_o(out_data_o[2*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS3), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_3 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[3]), .room_o(mini_room[3]),
    .data_i(in_data_i[3*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[3]), .data_o(out_data_o[3*4*BITS +: 4*BITS])
  );
endmodule

`default_nettype wire
