// The four-value words of an RFC bank, without a register. CUT = 0: which of them are taken, those that the bank's hot code
// needs up to the first that a mini-bank has no room for, the writes that follow with push_i, and those that are
// lost. CUT = 1: the hot code of what is left of a bank of which only room_i was taken.
// A module of its own, so that synthesis keeps the counting apart and shallow.
`default_nettype none

module rfc_words #(
  parameter CUT = 0
) (
  input  wire [15:0] hot_i,
  input  wire [3:0] room_i,
  input  wire push_i,
  output wire [3:0] taken_o,
  output wire [3:0] write_o,
  output wire [3:0] lost_o,
  output wire [15:0] kept_o
);
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

  // The non-zeros of a hot code that are in the words taken.
  function [15:0] kept_of;
    input [15:0] hot;
    input [3:0] words;
    integer i;
    reg [14:0] below;
    reg [2:0] more;
    begin
      below = 15'd0;
      for (i = 0; i < 16; i = i + 1) begin
        // One more than the non-zeros before this one: over 12, 8, 4?
        more = over(add3(count6(below[5:0]), count6(below[11:6])), count6({2'b00, below[14:12], 1'b1}));
        kept_of[i] = hot[i] && (more[2] ? words[3] : more[1] ? words[2] : more[0] ? words[1] : words[0]);
        if (i < 15) below[i] = hot[i];
      end
    end
  endfunction

  generate
    if (CUT != 0) begin : gen_cut
      wire _unused_ok = &{1'b0, push_i};
      assign kept_o = kept_of(hot_i, room_i);
      assign taken_o = room_i;
      assign write_o = 4'd0;
      assign lost_o = 4'd0;
    end else begin : gen_take
      wire [3:0] needed = {over(add3(count6(hot_i[5:0]), count6(hot_i[11:6])), count6({2'b00, hot_i[15:12]})), hot_i != 16'd0};
      wire [3:0] open = {&room_i, &room_i[2:0], &room_i[1:0], room_i[0]};
      assign kept_o = hot_i;
      assign taken_o = needed & open;
      assign write_o = needed & open & {4{push_i}};
      assign lost_o = needed & ~open & {4{push_i}};
    end
  endgenerate
endmodule

`default_nettype wire
