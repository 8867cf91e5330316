// One mini-bank of an RFC FIFO: a FIFO of words without flags of its own (the hot codes say when
// to read) and the sliding-window count that decides, from the data alone, whether a word fits.
`default_nettype none

module rfc_mini_bank #(
  parameter BITS = 64,
  parameter WORDS = 65,
  parameter DEPTH = 64,
  parameter FRAME_BANKS = 64,
  parameter WINDOW = 2,
  parameter LUT_WORDS = 64 // a memory of up to so many words is made of LUTs
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire bank_i,
  input  wire write_i,
  output wire room_o,
  input  wire [BITS-1:0] data_i,
  input  wire read_i,
  output wire [BITS-1:0] data_o
);
  localparam POINTER_BITS = (WORDS > 1) ? $clog2(WORDS) : 1;
  localparam LAST = WORDS - 1;

  reg [POINTER_BITS-1:0] write_q;
  reg [POINTER_BITS-1:0] read_q;

  memory_sdp #(.WIDTH(BITS), .DEPTH(WORDS), .BLOCK_RAM((WORDS > LUT_WORDS) ? 1 : 0)) u_memory (
    .clk_i(clk_i), .write_i(write_i), .write_address_i(write_q), .write_data_i(data_i),
    .read_i(read_i), .read_address_i(read_q), .read_data_o(data_o)
  );

  always @(posedge clk_i) begin
    if (rst_i) begin
      write_q <= {POINTER_BITS{1'b0}};
      read_q <= {POINTER_BITS{1'b0}};
    end else begin
      if (write_i) write_q <= (write_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : write_q + 1'b1;
      if (read_i) read_q <= (read_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : read_q + 1'b1;
    end
  end

  generate
    if (WORDS > DEPTH) begin : gen_lossless
      wire _unused_ok = &{1'b0, bank_i};
      assign room_o = 1'b1;
    end else begin : gen_window
      localparam COUNT_BITS = $clog2(WORDS + 1);
      localparam BANK_BITS = (FRAME_BANKS > 1) ? $clog2(FRAME_BANKS) : 1;
      localparam NEXT_LAST_BANK = (FRAME_BANKS > 1) ? FRAME_BANKS - 2 : 0;
      localparam LAST_WORD = WORDS - 1;
      // Words taken in each of the last WINDOW frames; entry 0 is the frame being written.
      (* mem2reg *) reg [COUNT_BITS-1:0] frame_q [0:WINDOW-1];
      reg [COUNT_BITS-1:0] total_q;
      reg [BANK_BITS-1:0] bank_q;
      reg frame_end_q; // the next bank is the last of its frame
      reg room_q;      // and there is room for its word
      // Both next counts stand ready: whether a word is taken is known late.
      wire [COUNT_BITS-1:0] frame_more = frame_q[0] + 1'b1;
      wire [COUNT_BITS-1:0] leaving = (frame_end_q && WINDOW > 1) ? frame_q[WINDOW-1] : {COUNT_BITS{1'b0}};
      wire [COUNT_BITS-1:0] stay = total_q - leaving;
      wire [COUNT_BITS-1:0] stay_more = stay + 1'b1;
      integer f;
      assign room_o = room_q;
      always @(posedge clk_i) begin
        if (rst_i) begin
          for (f = 0; f < WINDOW; f = f + 1) frame_q[f] <= {COUNT_BITS{1'b0}};
          total_q <= {COUNT_BITS{1'b0}};
          room_q <= 1'b1;
          frame_end_q <= FRAME_BANKS == 1;
          bank_q <= {BANK_BITS{1'b0}};
        end else if (bank_i) begin
          bank_q <= frame_end_q ? {BANK_BITS{1'b0}} : bank_q + 1'b1;
          frame_end_q <= frame_end_q ? FRAME_BANKS == 1 : bank_q == NEXT_LAST_BANK[BANK_BITS-1:0];
          if (frame_end_q) begin
            frame_q[0] <= {COUNT_BITS{1'b0}};
            for (f = 1; f < WINDOW; f = f + 1) frame_q[f] <= (f > 1) ? frame_q[f-1] : write_i ? frame_more : frame_q[0];
          end else if (write_i) begin
            frame_q[0] <= frame_more;
          end
          total_q <= (frame_end_q && WINDOW == 1) ? {COUNT_BITS{1'b0}} : write_i ? stay_more : stay;
          room_q <= (frame_end_q && WINDOW == 1) || (write_i ? stay != LAST_WORD[COUNT_BITS-1:0] : stay != WORDS[COUNT_BITS-1:0]);
        end
      end
    end
  endgenerate
endmodule

`default_nettype wire
