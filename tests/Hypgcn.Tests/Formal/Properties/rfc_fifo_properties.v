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
endmodule

`default_nettype wire
