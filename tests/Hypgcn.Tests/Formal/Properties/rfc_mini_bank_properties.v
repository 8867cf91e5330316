// rfc_mini_bank: under the rule DEPTH <= (WINDOW - 1) * FRAME_BANKS (or WORDS > DEPTH) it never holds more than WORDS
// words, and it has room exactly if the frame being written and the WINDOW - 1 before it took fewer than WORDS.
// The environment is what rfc_fifo does: banks enter while at most DEPTH are inside, and leave in order.
`default_nettype none

module rfc_mini_bank_properties #(
  parameter WORDS = 2,
  parameter DEPTH = 4,
  parameter FRAME_BANKS = 2,
  parameter WINDOW = 3
) (
  input wire clk_i,
  input wire rst_i,
  input wire enter_i,
  input wire wants_word_i,
  input wire leave_i
);
  localparam HISTORY = WINDOW*FRAME_BANKS;
  localparam POINTER_BITS = (WORDS > 1) ? $clog2(WORDS) : 1;
  localparam COUNT_BITS = $clog2(WORDS + 1);
  localparam BANK_BITS = (FRAME_BANKS > 1) ? $clog2(FRAME_BANKS) : 1;

  // Whether a bank has a word here: bit 0 is the newest bank's. Every bank inside is in the history.
  reg [HISTORY-1:0] history_q;
  reg [4:0] inside_q;
  reg [4:0] held_q;
  reg [4:0] bank_q;
  reg started_q;
  wire room;
  wire unused_data;
  wire enter = enter_i && (inside_q <= DEPTH);
  wire leave = leave_i && (inside_q != 5'd0);
  wire write = enter && wants_word_i && room;
  wire [HISTORY-1:0] oldest = history_q >> (inside_q - 5'd1);
  wire read = leave && oldest[0];

  rfc_mini_bank #(.BITS(1), .WORDS(WORDS), .DEPTH(DEPTH), .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)) u_bank (
    .clk_i(clk_i), .rst_i(rst_i), .bank_i(enter), .write_i(write), .room_o(room), .data_i(1'b0),
    .read_i(read), .data_o(unused_data)
  );

  initial started_q = 1'b0;
  always @(posedge clk_i) begin
    started_q <= 1'b1;
    if (rst_i) begin
      history_q <= {HISTORY{1'b0}};
      inside_q <= 5'd0;
      held_q <= 5'd0;
      bank_q <= 5'd0;
    end else begin
      if (enter) history_q <= {history_q[HISTORY-2:0], write};
      if (enter) bank_q <= (bank_q == FRAME_BANKS - 1) ? 5'd0 : bank_q + 5'd1;
      inside_q <= inside_q + enter - leave;
      held_q <= held_q + write - read;
    end
  end

  // Words of the newest `banks` banks.
  function [4:0] words;
    input [4:0] banks;
    integer n;
    begin
      words = 5'd0;
      for (n = 0; n < HISTORY; n = n + 1) words = words + (history_q[n] && n < banks);
    end
  endfunction

  wire [4:0] window = words(bank_q + (WINDOW - 1)*FRAME_BANKS);

  always @* begin
    if (!started_q) begin
      assume (rst_i);
    end else begin
      assert (held_q <= WORDS);
      if (WORDS > DEPTH) assert (room);
      else assert (room == (window < WORDS));

      assert (inside_q <= DEPTH + 1 && bank_q < FRAME_BANKS);
      assert (held_q == words(inside_q));
    end
  end

  // For induction: the states that occur.
  (* hierconn *) wire [POINTER_BITS-1:0] \u_bank.read_q ;
  (* hierconn *) wire [POINTER_BITS-1:0] \u_bank.write_q ;
  wire [5:0] next_write = u_bank.read_q + held_q;
  always @* begin
    if (started_q) begin
      assert (u_bank.read_q < WORDS && u_bank.write_q < WORDS);
      assert (u_bank.write_q == ((next_write < WORDS) ? next_write : next_write - WORDS));
    end
  end

  (* hierconn *) wire [BANK_BITS-1:0] \u_bank.gen_window.bank_q ;
  (* hierconn *) wire [COUNT_BITS-1:0] \u_bank.gen_window.total_q ;
  (* hierconn *) wire \u_bank.gen_window.room_q ;
  (* hierconn *) wire \u_bank.gen_window.frame_end_q ;
  (* hierconn *) wire [COUNT_BITS-1:0] \u_bank.gen_window.frame_q[0] ;
  (* hierconn *) wire [COUNT_BITS-1:0] \u_bank.gen_window.frame_q[1] ;
  (* hierconn *) wire [COUNT_BITS-1:0] \u_bank.gen_window.frame_q[2] ;
  generate
    if (WORDS <= DEPTH) begin : gen_window
      // Absolute names, because a generate block adds its own to what is declared in it.
      always @* begin
        if (started_q) begin
          assert (\u_bank.gen_window.bank_q == bank_q);
          assert (\u_bank.gen_window.total_q == window);
          assert (\u_bank.gen_window.room_q == (window != WORDS));
          assert (\u_bank.gen_window.frame_end_q == (bank_q == FRAME_BANKS - 1));
          assert (\u_bank.gen_window.frame_q[0] == words(bank_q));
          if (WINDOW > 1) assert (\u_bank.gen_window.frame_q[1] == words(bank_q + FRAME_BANKS) - words(bank_q));
          if (WINDOW > 2) assert (\u_bank.gen_window.frame_q[2] == words(bank_q + 2*FRAME_BANKS) - words(bank_q + FRAME_BANKS));
        end
      end
    end
  endgenerate
endmodule

`default_nettype wire
