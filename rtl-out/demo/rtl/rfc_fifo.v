// FIFO of RFC banks: hot codes in one memory, the packed values in four mini-bank memories of
// WORDS0..WORDS3 four-value words, each written only when the bank has that many non-zeros.
//
// Rule for full mini-banks (deterministic, from the data alone): over the last WINDOW frames of
// FRAME_BANKS banks each, mini-bank j takes at most WORDSj words; from the first word refused on,
// the rest of the bank is dropped: its hot bits are cleared and dropped_o counts the words.
// DEPTH <= (WINDOW - 1) * FRAME_BANKS guarantees that a mini-bank never overflows.
// WORDSj >= DEPTH + 1 can never drop (lossless) and needs no counting.
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
  output wire in_ready_o,
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

  reg [15:0] hot_mem [0:DEPTH-1];
  reg [15:0] head_hot_q;
  reg head_valid_q;
  reg [POINTER_BITS-1:0] write_q;
  reg [POINTER_BITS-1:0] read_q;
  reg [COUNT_BITS-1:0] count_q;

  // How many four-value words a hot code needs: bit j set if word j exists.
  function [3:0] words_of;
    input [15:0] hot;
    integer n;
    integer i;
    begin
      n = 0;
      for (i = 0; i < 16; i = i + 1) n = n + {31'd0, hot[i]};
      words_of = {n > 12, n > 8, n > 4, n > 0};
    end
  endfunction

  // The first `keep` non-zeros of a hot code.
  function [15:0] first_hot;
    input [15:0] hot;
    input [4:0] keep;
    integer n;
    integer i;
    begin
      n = 0;
      for (i = 0; i < 16; i = i + 1) begin
        first_hot[i] = hot[i] && (n < {27'd0, keep});
        n = n + {31'd0, hot[i]};
      end
    end
  endfunction

  wire push = in_valid_i && in_ready_o;
  wire read = (count_q != {COUNT_BITS{1'b0}}) && (!head_valid_q || head_pop);
  wire head_pop = head_valid_q && (!out_valid_o || out_ready_i);
  assign in_ready_o = count_q != DEPTH[COUNT_BITS-1:0];

  wire [3:0] needed = words_of(in_hot_i);
  wire [3:0] room;
  wire [3:0] taken = {needed[3] && (&room[3:0]), needed[2] && (&room[2:0]),
                      needed[1] && (&room[1:0]), needed[0] && room[0]};
  wire [4:0] keep = taken[3] ? 5'd16 : taken[2] ? 5'd12 : taken[1] ? 5'd8 : taken[0] ? 5'd4 : 5'd0;
  wire [3:0] lost = needed & ~taken;
  wire [15:0] kept_hot = (lost == 4'd0) ? in_hot_i : first_hot(in_hot_i, keep);
  wire [3:0] head_words = words_of(head_hot_q);

  always @(posedge clk_i) begin
    if (push) hot_mem[write_q] <= kept_hot;
    if (read) head_hot_q <= hot_mem[read_q];
    if (head_pop) out_hot_o <= head_hot_q;
    if (rst_i) begin
      write_q <= {POINTER_BITS{1'b0}};
      read_q <= {POINTER_BITS{1'b0}};
      count_q <= {COUNT_BITS{1'b0}};
      head_valid_q <= 1'b0;
      out_valid_o <= 1'b0;
      dropped_o <= 32'd0;
    end else begin
      if (push) write_q <= (write_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : write_q + 1'b1;
      if (read) read_q <= (read_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : read_q + 1'b1;
      if (push && !read) count_q <= count_q + 1'b1;
      if (read && !push) count_q <= count_q - 1'b1;
      if (read) head_valid_q <= 1'b1;
      else if (head_pop) head_valid_q <= 1'b0;
      if (head_pop) out_valid_o <= 1'b1;
      else if (out_ready_i) out_valid_o <= 1'b0;
      if (push) begin
        dropped_o <= dropped_o + {31'd0, lost[0]} + {31'd0, lost[1]} + {31'd0, lost[2]}
                     + {31'd0, lost[3]};
      end
    end
  end

  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS0), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_0 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[0]), .room_o(room[0]),
    .data_i(in_data_i[0*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[0]), .data_o(out_data_o[0*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS1), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_1 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[1]), .room_o(room[1]),
    .data_i(in_data_i[1*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[1]), .data_o(out_data_o[1*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS2), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_2 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[2]), .room_o(room[2]),
    .data_i(in_data_i[2*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[2]), .data_o(out_data_o[2*4*BITS +: 4*BITS])
  );
  rfc_mini_bank #(.BITS(4*BITS), .WORDS(WORDS3), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_mini_3 (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(push), .write_i(push && taken[3]), .room_o(room[3]),
    .data_i(in_data_i[3*4*BITS +: 4*BITS]), .read_i(head_pop && head_words[3]), .data_o(out_data_o[3*4*BITS +: 4*BITS])
  );
endmodule

`default_nettype wire
