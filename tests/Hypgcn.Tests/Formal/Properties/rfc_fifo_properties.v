// rfc_fifo: bank k that leaves is bank k that entered, less the words that the rule for full mini-banks cuts off.
// The solver chooses a bank to follow. What is offered stays until it is taken; dropped_o counts the words cut off.
`default_nettype none

module rfc_fifo_properties #(
  parameter BITS = 1,
  parameter DEPTH = 2,
  parameter WORDS0 = 3,
  parameter WORDS1 = 2,
  parameter WORDS2 = 1,
  parameter WORDS3 = 1,
  parameter FRAME_BANKS = 1,
  parameter WINDOW = 3
) (
  input wire clk_i,
  input wire rst_i,
  input wire in_valid_i,
  input wire [15:0] in_hot_i,
  input wire [16*BITS-1:0] in_data_i,
  input wire out_ready_i,
  input wire follow_i
);
  localparam HISTORY = WINDOW*FRAME_BANKS;

  wire in_ready;
  wire out_valid;
  wire [15:0] out_hot;
  wire [16*BITS-1:0] out_data;
  wire [31:0] dropped;

  rfc_fifo #(
    .BITS(BITS), .DEPTH(DEPTH), .WORDS0(WORDS0), .WORDS1(WORDS1), .WORDS2(WORDS2), .WORDS3(WORDS3),
    .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)
  ) u_fifo (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(in_valid_i), .in_ready_o(in_ready), .in_hot_i(in_hot_i), .in_data_i(in_data_i),
    .out_valid_o(out_valid), .out_ready_i(out_ready_i), .out_hot_o(out_hot), .out_data_o(out_data),
    .dropped_o(dropped)
  );

  wire push = in_valid_i && in_ready;
  wire pop = out_valid && out_ready_i;

  // ---- The rule: what of a bank is taken -----------------------------------------------------------
  reg [HISTORY-1:0] took0_q;
  reg [HISTORY-1:0] took1_q;
  reg [HISTORY-1:0] took2_q;
  reg [HISTORY-1:0] took3_q;
  reg [3:0] bank_q;

  // Whether a mini-bank of so many words has room: bit 0 of the history is the newest bank's.
  function has_room;
    input [HISTORY-1:0] took;
    input [7:0] size;
    integer n;
    reg [7:0] words;
    begin
      words = 8'd0;
      for (n = 0; n < HISTORY; n = n + 1) words = words + (took[n] && n < bank_q + (WINDOW - 1)*FRAME_BANKS);
      has_room = size > DEPTH || words < size;
    end
  endfunction

  reg [4:0] nonzeros;
  reg [15:0] kept;
  reg [4:0] before;
  integer i;
  wire take0 = (nonzeros > 5'd0) && has_room(took0_q, WORDS0);
  wire take1 = (nonzeros > 5'd4) && take0 && has_room(took1_q, WORDS1);
  wire take2 = (nonzeros > 5'd8) && take1 && has_room(took2_q, WORDS2);
  wire take3 = (nonzeros > 5'd12) && take2 && has_room(took3_q, WORDS3);
  wire [3:0] taken = {take3, take2, take1, take0};
  wire [2:0] words = (nonzeros + 5'd3) >> 2;
  wire [2:0] lost = words - take0 - take1 - take2 - take3;

  always @* begin
    nonzeros = 5'd0;
    for (i = 0; i < 16; i = i + 1) nonzeros = nonzeros + in_hot_i[i];
  end

  always @* begin
    before = 5'd0;
    for (i = 0; i < 16; i = i + 1) begin
      kept[i] = in_hot_i[i] && taken[before[3:2]];
      before = before + in_hot_i[i];
    end
  end

  // ---- Banks inside, the bank followed and the banks that leave before it -----------------------------
  reg [3:0] inside_q;
  reg [3:0] ahead_q;
  reg following_q;
  reg [15:0] hot_q;
  reg [16*BITS-1:0] data_q;
  reg [3:0] taken_q;
  reg [7:0] lost_q;
  reg [1:0] quiet_q;
  reg held_q;
  reg [15:0] held_hot_q;
  reg [16*BITS-1:0] held_data_q;
  reg started_q;
  wire start = push && follow_i && !following_q;

  initial started_q = 1'b0;
  always @(posedge clk_i) begin
    started_q <= 1'b1;
    held_q <= !rst_i && out_valid && !out_ready_i;
    held_hot_q <= out_hot;
    held_data_q <= out_data;
    if (start) begin
      hot_q <= kept;
      data_q <= in_data_i;
      taken_q <= taken;
      ahead_q <= inside_q - pop;
    end else if (pop) begin
      ahead_q <= ahead_q - 4'd1;
    end
    if (rst_i) begin
      took0_q <= {HISTORY{1'b0}};
      took1_q <= {HISTORY{1'b0}};
      took2_q <= {HISTORY{1'b0}};
      took3_q <= {HISTORY{1'b0}};
      bank_q <= 4'd0;
      inside_q <= 4'd0;
      following_q <= 1'b0;
      lost_q <= 8'd0;
      quiet_q <= 2'd0;
    end else begin
      inside_q <= inside_q + push - pop;
      quiet_q <= push ? 2'd0 : (quiet_q == 2'd3) ? 2'd3 : quiet_q + 2'd1;
      if (start) following_q <= 1'b1;
      else if (pop && ahead_q == 4'd0) following_q <= 1'b0;
      if (push) begin
        took0_q <= {took0_q[HISTORY-2:0], take0};
        took1_q <= {took1_q[HISTORY-2:0], take1};
        took2_q <= {took2_q[HISTORY-2:0], take2};
        took3_q <= {took3_q[HISTORY-2:0], take3};
        bank_q <= (bank_q == FRAME_BANKS - 1) ? 4'd0 : bank_q + 4'd1;
        lost_q <= lost_q + lost;
      end
    end
  end

  wire [16*BITS-1:0] care = {{4*BITS{taken_q[3]}}, {4*BITS{taken_q[2]}}, {4*BITS{taken_q[1]}}, {4*BITS{taken_q[0]}}};

  always @* begin
    if (!started_q) begin
      assume (rst_i);
    end else begin
      assert (inside_q <= DEPTH + 2);
      if (inside_q < DEPTH) assert (in_ready);
      if (inside_q == 4'd0) assert (!out_valid);
      if (held_q) assert (out_valid && out_hot == held_hot_q && out_data == held_data_q);
      if (following_q && ahead_q == 4'd0 && out_valid) begin
        assert (out_hot == hot_q);
        assert ((out_data & care) == (data_q & care));
      end
      // A bank that nobody follows with is on the output three cycles after it entered.
      if (quiet_q >= 2'd2 && inside_q != 4'd0) assert (out_valid);
      if (quiet_q >= 2'd2) assert (dropped[7:0] == lost_q);
    end
  end

  // ---- For induction: the states that occur; for the sizes above ----------------------------------------
  // Banks as they came, with the words taken of them; the newest is in the lowest bits.
  localparam POINTER0 = (WORDS0 > 1) ? $clog2(WORDS0) : 1;
  localparam POINTER1 = (WORDS1 > 1) ? $clog2(WORDS1) : 1;
  localparam POINTER2 = (WORDS2 > 1) ? $clog2(WORDS2) : 1;
  localparam POINTER3 = (WORDS3 > 1) ? $clog2(WORDS3) : 1;
  localparam WINDOW_BITS1 = $clog2(WORDS1 + 1);
  localparam WINDOW_BITS2 = $clog2(WORDS2 + 1);
  localparam WINDOW_BITS3 = $clog2(WORDS3 + 1);
  reg [79:0] banks_q;
  always @(posedge clk_i) begin
    if (push) banks_q <= {banks_q[59:0], taken, in_hot_i};
  end

  function [19:0] bank;
    input [3:0] n;
    begin
      bank = (n == 4'd0) ? banks_q[19:0] : (n == 4'd1) ? banks_q[39:20] : (n == 4'd2) ? banks_q[59:40] : banks_q[79:60];
    end
  endfunction

  function [15:0] kept_of;
    input [19:0] of;
    integer n;
    reg [4:0] count;
    begin
      count = 5'd0;
      for (n = 0; n < 16; n = n + 1) begin
        kept_of[n] = of[n] && of[16 + count[3:2]];
        count = count + of[n];
      end
    end
  endfunction

  function [3:0] ones;
    input [HISTORY-1:0] took;
    input [3:0] newest;
    integer n;
    begin
      ones = 4'd0;
      for (n = 0; n < HISTORY; n = n + 1) ones = ones + (took[n] && n < newest);
    end
  endfunction

  function [4*BITS-1:0] word;
    input [3*4*BITS-1:0] words_of;
    input [3:0] n;
    begin
      word = (n == 4'd0) ? words_of[4*BITS-1:0] : (n == 4'd1) ? words_of[8*BITS-1:4*BITS] : words_of[12*BITS-1:8*BITS];
    end
  endfunction

  (* hierconn *) wire [1:0] \u_fifo.count_q ;
  (* hierconn *) wire [0:0] \u_fifo.read_q ;
  (* hierconn *) wire [0:0] \u_fifo.write_q ;
  (* hierconn *) wire \u_fifo.head_valid_q ;
  (* hierconn *) wire [19:0] \u_fifo.head_q ;
  (* hierconn *) wire [3:0] \u_fifo.lost_q ;
  (* hierconn *) wire [19:0] \u_fifo.u_hot.gen_lut.mem[0] ;
  (* hierconn *) wire [19:0] \u_fifo.u_hot.gen_lut.mem[1] ;
  (* hierconn *) wire [POINTER0-1:0] \u_fifo.u_mini_0.read_q ;
  (* hierconn *) wire [POINTER0-1:0] \u_fifo.u_mini_0.write_q ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_0.u_memory.gen_lut.mem[0] ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_0.u_memory.gen_lut.mem[1] ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_0.u_memory.gen_lut.mem[2] ;
  (* hierconn *) wire [POINTER1-1:0] \u_fifo.u_mini_1.read_q ;
  (* hierconn *) wire [POINTER1-1:0] \u_fifo.u_mini_1.write_q ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_1.u_memory.gen_lut.mem[0] ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_1.u_memory.gen_lut.mem[1] ;
  (* hierconn *) wire \u_fifo.u_mini_1.gen_window.bank_q ;
  (* hierconn *) wire [WINDOW_BITS1-1:0] \u_fifo.u_mini_1.gen_window.total_q ;
  (* hierconn *) wire \u_fifo.u_mini_1.gen_window.room_q ;
  (* hierconn *) wire \u_fifo.u_mini_1.gen_window.frame_end_q ;
  (* hierconn *) wire [WINDOW_BITS1-1:0] \u_fifo.u_mini_1.gen_window.frame_q[0] ;
  (* hierconn *) wire [WINDOW_BITS1-1:0] \u_fifo.u_mini_1.gen_window.frame_q[1] ;
  (* hierconn *) wire [WINDOW_BITS1-1:0] \u_fifo.u_mini_1.gen_window.frame_q[2] ;
  (* hierconn *) wire [POINTER2-1:0] \u_fifo.u_mini_2.read_q ;
  (* hierconn *) wire [POINTER2-1:0] \u_fifo.u_mini_2.write_q ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_2.u_memory.gen_lut.mem[0] ;
  (* hierconn *) wire \u_fifo.u_mini_2.gen_window.bank_q ;
  (* hierconn *) wire [WINDOW_BITS2-1:0] \u_fifo.u_mini_2.gen_window.total_q ;
  (* hierconn *) wire \u_fifo.u_mini_2.gen_window.room_q ;
  (* hierconn *) wire \u_fifo.u_mini_2.gen_window.frame_end_q ;
  (* hierconn *) wire [WINDOW_BITS2-1:0] \u_fifo.u_mini_2.gen_window.frame_q[0] ;
  (* hierconn *) wire [WINDOW_BITS2-1:0] \u_fifo.u_mini_2.gen_window.frame_q[1] ;
  (* hierconn *) wire [WINDOW_BITS2-1:0] \u_fifo.u_mini_2.gen_window.frame_q[2] ;
  (* hierconn *) wire [POINTER3-1:0] \u_fifo.u_mini_3.read_q ;
  (* hierconn *) wire [POINTER3-1:0] \u_fifo.u_mini_3.write_q ;
  (* hierconn *) wire [4*BITS-1:0] \u_fifo.u_mini_3.u_memory.gen_lut.mem[0] ;
  (* hierconn *) wire \u_fifo.u_mini_3.gen_window.bank_q ;
  (* hierconn *) wire [WINDOW_BITS3-1:0] \u_fifo.u_mini_3.gen_window.total_q ;
  (* hierconn *) wire \u_fifo.u_mini_3.gen_window.room_q ;
  (* hierconn *) wire \u_fifo.u_mini_3.gen_window.frame_end_q ;
  (* hierconn *) wire [WINDOW_BITS3-1:0] \u_fifo.u_mini_3.gen_window.frame_q[0] ;
  (* hierconn *) wire [WINDOW_BITS3-1:0] \u_fifo.u_mini_3.gen_window.frame_q[1] ;
  (* hierconn *) wire [WINDOW_BITS3-1:0] \u_fifo.u_mini_3.gen_window.frame_q[2] ;
  wire [3*4*BITS-1:0] words0 = {\u_fifo.u_mini_0.u_memory.gen_lut.mem[2] , \u_fifo.u_mini_0.u_memory.gen_lut.mem[1] , \u_fifo.u_mini_0.u_memory.gen_lut.mem[0] };
  wire [3*4*BITS-1:0] words1 = {\u_fifo.u_mini_1.u_memory.gen_lut.mem[0] , \u_fifo.u_mini_1.u_memory.gen_lut.mem[1] , \u_fifo.u_mini_1.u_memory.gen_lut.mem[0] };
  wire [3*4*BITS-1:0] words2 = {\u_fifo.u_mini_2.u_memory.gen_lut.mem[0] , \u_fifo.u_mini_2.u_memory.gen_lut.mem[0] , \u_fifo.u_mini_2.u_memory.gen_lut.mem[0] };
  wire [3*4*BITS-1:0] words3 = {\u_fifo.u_mini_3.u_memory.gen_lut.mem[0] , \u_fifo.u_mini_3.u_memory.gen_lut.mem[0] , \u_fifo.u_mini_3.u_memory.gen_lut.mem[0] };
  wire [3:0] count = u_fifo.count_q;
  wire [3:0] stored = count + u_fifo.head_valid_q;
  wire [3:0] place = inside_q - 4'd1 - ahead_q;
  wire [2:0] pending = u_fifo.lost_q[0] + u_fifo.lost_q[1] + u_fifo.lost_q[2] + u_fifo.lost_q[3];
  wire [19:0] newest = u_fifo.write_q ? \u_fifo.u_hot.gen_lut.mem[0] : \u_fifo.u_hot.gen_lut.mem[1] ;
  wire [19:0] older = u_fifo.write_q ? \u_fifo.u_hot.gen_lut.mem[1] : \u_fifo.u_hot.gen_lut.mem[0] ;

  always @* begin
    if (started_q) begin
      assert (count <= DEPTH && inside_q == stored + out_valid && bank_q == 4'd0);
      assert (u_fifo.read_q == ((u_fifo.write_q + count) & 1));
      if (count > 0) assert (newest == bank(0));
      if (count > 1) assert (older == bank(1));
      assert (in_ready == (count < DEPTH));
      if (u_fifo.head_valid_q) assert (u_fifo.head_q == bank(count));
      if (out_valid) assert (out_hot == kept_of(bank(stored)));
      if (quiet_q >= 2'd1 && count > 0) assert (u_fifo.head_valid_q);
      if (quiet_q >= 2'd1 && inside_q != 0) assert (u_fifo.head_valid_q || out_valid);
      assert (lost_q == ((dropped + pending) & 255));
      if (following_q) assert (ahead_q < inside_q && hot_q == kept_of(bank(place)) && taken_q == (bank(place) >> 16));
      if (following_q && place == stored) assert ((out_data & care) == (data_q & care));
      if (stored > 0) assert (({took3_q[0], took2_q[0], took1_q[0], took0_q[0]}) == (bank(0) >> 16));
      if (stored > 1) assert (({took3_q[1], took2_q[1], took1_q[1], took0_q[1]}) == (bank(1) >> 16));
      if (stored > 2) assert (({took3_q[2], took2_q[2], took1_q[2], took0_q[2]}) == (bank(2) >> 16));
      assert (u_fifo.u_mini_0.read_q < WORDS0 && u_fifo.u_mini_0.write_q < WORDS0);
      assert (u_fifo.u_mini_0.write_q == (u_fifo.u_mini_0.read_q + ones(took0_q, stored)) % WORDS0);
      if (following_q && taken_q[0] && place < stored) assert (word(words0, (u_fifo.u_mini_0.write_q + 2*WORDS0 - 1 - ones(took0_q, place)) % WORDS0) == data_q[0*4*BITS +: 4*BITS]);
      assert (ones(took1_q, HISTORY) <= WORDS1);
      assert (u_fifo.u_mini_1.read_q < WORDS1 && u_fifo.u_mini_1.write_q < WORDS1);
      assert (u_fifo.u_mini_1.write_q == (u_fifo.u_mini_1.read_q + ones(took1_q, stored)) % WORDS1);
      if (following_q && taken_q[1] && place < stored) assert (word(words1, (u_fifo.u_mini_1.write_q + 2*WORDS1 - 1 - ones(took1_q, place)) % WORDS1) == data_q[1*4*BITS +: 4*BITS]);
      assert (\u_fifo.u_mini_1.gen_window.bank_q == 0);
      assert (\u_fifo.u_mini_1.gen_window.total_q == ones(took1_q, 2));
      assert (\u_fifo.u_mini_1.gen_window.room_q == (ones(took1_q, 2) != WORDS1));
      assert (\u_fifo.u_mini_1.gen_window.frame_end_q );
      assert (\u_fifo.u_mini_1.gen_window.frame_q[0] == 0 && \u_fifo.u_mini_1.gen_window.frame_q[1] == took1_q[0] && \u_fifo.u_mini_1.gen_window.frame_q[2] == took1_q[1]);
      assert (ones(took2_q, HISTORY) <= WORDS2);
      assert (u_fifo.u_mini_2.read_q < WORDS2 && u_fifo.u_mini_2.write_q < WORDS2);
      assert (u_fifo.u_mini_2.write_q == (u_fifo.u_mini_2.read_q + ones(took2_q, stored)) % WORDS2);
      if (following_q && taken_q[2] && place < stored) assert (word(words2, (u_fifo.u_mini_2.write_q + 2*WORDS2 - 1 - ones(took2_q, place)) % WORDS2) == data_q[2*4*BITS +: 4*BITS]);
      assert (\u_fifo.u_mini_2.gen_window.bank_q == 0);
      assert (\u_fifo.u_mini_2.gen_window.total_q == ones(took2_q, 2));
      assert (\u_fifo.u_mini_2.gen_window.room_q == (ones(took2_q, 2) != WORDS2));
      assert (\u_fifo.u_mini_2.gen_window.frame_end_q );
      assert (\u_fifo.u_mini_2.gen_window.frame_q[0] == 0 && \u_fifo.u_mini_2.gen_window.frame_q[1] == took2_q[0] && \u_fifo.u_mini_2.gen_window.frame_q[2] == took2_q[1]);
      assert (ones(took3_q, HISTORY) <= WORDS3);
      assert (u_fifo.u_mini_3.read_q < WORDS3 && u_fifo.u_mini_3.write_q < WORDS3);
      assert (u_fifo.u_mini_3.write_q == (u_fifo.u_mini_3.read_q + ones(took3_q, stored)) % WORDS3);
      if (following_q && taken_q[3] && place < stored) assert (word(words3, (u_fifo.u_mini_3.write_q + 2*WORDS3 - 1 - ones(took3_q, place)) % WORDS3) == data_q[3*4*BITS +: 4*BITS]);
      assert (\u_fifo.u_mini_3.gen_window.bank_q == 0);
      assert (\u_fifo.u_mini_3.gen_window.total_q == ones(took3_q, 2));
      assert (\u_fifo.u_mini_3.gen_window.room_q == (ones(took3_q, 2) != WORDS3));
      assert (\u_fifo.u_mini_3.gen_window.frame_end_q );
      assert (\u_fifo.u_mini_3.gen_window.frame_q[0] == 0 && \u_fifo.u_mini_3.gen_window.frame_q[1] == took3_q[0] && \u_fifo.u_mini_3.gen_window.frame_q[2] == took3_q[1]);
    end
  end
endmodule

`default_nettype wire
