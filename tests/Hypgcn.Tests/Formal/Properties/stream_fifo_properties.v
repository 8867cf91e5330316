// stream_fifo: word k that leaves is word k that entered, for every k: nothing is lost, doubled or moved.
// The solver chooses a word to follow. What is offered stays until it is taken.
`default_nettype none

module stream_fifo_properties #(
  parameter WIDTH = 2,
  parameter DEPTH = 4
) (
  input wire clk_i,
  input wire rst_i,
  input wire in_valid_i,
  input wire [WIDTH-1:0] in_data_i,
  input wire out_ready_i,
  input wire follow_i
);
  localparam POINTER_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;
  localparam COUNT_BITS = $clog2(DEPTH + 1);

  wire in_ready;
  wire out_valid;
  wire [WIDTH-1:0] out_data;

  stream_fifo #(.WIDTH(WIDTH), .DEPTH(DEPTH)) u_fifo (
    .clk_i(clk_i), .rst_i(rst_i),
    .in_valid_i(in_valid_i), .in_ready_o(in_ready), .in_data_i(in_data_i),
    .out_valid_o(out_valid), .out_ready_i(out_ready_i), .out_data_o(out_data)
  );

  wire push = in_valid_i && in_ready;
  wire pop = out_valid && out_ready_i;

  // Words inside; the word followed and the words that leave before it.
  integer inside_q;
  reg following_q;
  integer ahead_q;
  reg [WIDTH-1:0] word_q;
  reg started_q;
  reg held_q;
  reg [WIDTH-1:0] held_data_q;
  wire start = push && follow_i && !following_q;

  initial started_q = 1'b0;
  always @(posedge clk_i) begin
    started_q <= 1'b1;
    held_q <= !rst_i && out_valid && !out_ready_i;
    held_data_q <= out_data;
    if (start) word_q <= in_data_i;
    if (start) ahead_q <= inside_q - pop;
    else if (pop) ahead_q <= ahead_q - 1;
    if (rst_i) begin
      inside_q <= 0;
      following_q <= 1'b0;
    end else begin
      inside_q <= inside_q + push - pop;
      if (start) following_q <= 1'b1;
      else if (pop && ahead_q == 0) following_q <= 1'b0;
    end
  end

  // For induction: the states that occur.
  (* hierconn *) wire [COUNT_BITS-1:0] \u_fifo.count_q ;
  (* hierconn *) wire [POINTER_BITS-1:0] \u_fifo.read_q ;
  (* hierconn *) wire [POINTER_BITS-1:0] \u_fifo.write_q ;
  (* hierconn *) wire [WIDTH-1:0] \u_fifo.mem[0] ;
  (* hierconn *) wire [WIDTH-1:0] \u_fifo.mem[1] ;
  (* hierconn *) wire [WIDTH-1:0] \u_fifo.mem[2] ;
  (* hierconn *) wire [WIDTH-1:0] \u_fifo.mem[3] ;
  (* hierconn *) wire [WIDTH-1:0] \u_fifo.mem[4] ;
  wire [5*WIDTH-1:0] mem = {\u_fifo.mem[4] , \u_fifo.mem[3] , \u_fifo.mem[2] , \u_fifo.mem[1] , \u_fifo.mem[0] };

  always @* begin
    if (!started_q) begin
      assume (rst_i);
    end else begin
      assert (inside_q >= 0 && inside_q <= DEPTH);
      assert (in_ready == (inside_q < DEPTH));
      assert (out_valid == (inside_q > 0));
      if (held_q) assert (out_valid && out_data == held_data_q);
      if (following_q) assert (ahead_q >= 0 && ahead_q < inside_q);
      if (following_q && ahead_q == 0) assert (out_data == word_q);

      assert (u_fifo.count_q == inside_q);
      assert (u_fifo.read_q < DEPTH);
      assert (u_fifo.write_q == (u_fifo.read_q + inside_q) % DEPTH);
      if (following_q) assert (mem[((u_fifo.read_q + ahead_q) % DEPTH)*WIDTH +: WIDTH] == word_q);
    end
  end
endmodule

`default_nettype wire
