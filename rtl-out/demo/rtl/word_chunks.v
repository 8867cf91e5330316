// Cuts the words of a row, LANES values each, into chunks of WIDTH values, one a cycle. WIDTH is a power of
// two and at most LANES, which it need not divide: a chunk may begin in one word and end in the next.
// A row begins with a word and is a whole number of chunks; what its last word holds beyond is skipped.
//
// chunk_o follows word_i in the same cycle. word_last_o: with this chunk the word has been used; what the
// next chunk needs of it is kept here.
`default_nettype none

module word_chunks #(
  parameter LANES = 6,
  parameter WIDTH = 4,
  parameter BITS = 40
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire [LANES*BITS-1:0] word_i,
  input  wire take_i,
  input  wire row_last_i,
  output wire [WIDTH*BITS-1:0] chunk_o,
  output wire word_last_o
);
  // Chunks begin at multiples of the greatest common divisor, the lowest set bit of either.
  localparam STEP = (LANES | WIDTH) & (~(LANES | WIDTH) + 1);
  localparam POSITIONS = LANES/STEP;
  localparam ADVANCE = WIDTH/STEP;
  localparam FIRST = ADVANCE - 1;
  localparam KEPT = WIDTH - STEP;
  localparam LAST_WITHIN = (POSITIONS > ADVANCE) ? POSITIONS - ADVANCE - 1 : 0;
  localparam AT_BITS = (POSITIONS > 1) ? $clog2(POSITIONS) : 1;

  reg [AT_BITS-1:0] at_q;
  reg wraps_q;              // the next chunk begins, or this one ends, beyond the word
  wire [AT_BITS:0] next = {1'b0, at_q} + ADVANCE[AT_BITS:0];
  wire [AT_BITS:0] wrapped = next - POSITIONS[AT_BITS:0];
  wire [AT_BITS:0] following = wraps_q ? wrapped : next;
  wire [(KEPT+LANES)*BITS-1:0] window;
  wire _unused_ok = &{1'b0, following[AT_BITS]};

  assign word_last_o = wraps_q || row_last_i;

  always @(posedge clk_i) begin
    if (rst_i || (take_i && row_last_i)) begin
      at_q <= FIRST[AT_BITS-1:0];
      wraps_q <= FIRST + ADVANCE >= POSITIONS;
    end else if (take_i) begin
      at_q <= following[AT_BITS-1:0];
      wraps_q <= (POSITIONS == ADVANCE) || (following > LAST_WITHIN[AT_BITS:0]);
    end
  end

  generate
    if (KEPT > 0) begin : gen_kept
      reg [KEPT*BITS-1:0] kept_q;
      assign window = {word_i, kept_q};
      always @(posedge clk_i) begin
        if (take_i && wraps_q) kept_q <= word_i[(LANES-KEPT)*BITS +: KEPT*BITS];
      end
    end else begin : gen_whole
      assign window = word_i;
    end
  endgenerate

  // The place is taken bit by bit, the highest first, so that what is shifted gets shorter: an index into the window would
  // become a shifter for any number of bits.
  genvar s;
  generate
    if (POSITIONS == 1) begin : gen_one
      assign chunk_o = window;
    end else begin : gen_shift
      for (s = 0; s < AT_BITS; s = s + 1) begin : gen_stage
        localparam DISTANCE = 1 << (AT_BITS - 1 - s);
        localparam FROM_BITS = (WIDTH + (2*DISTANCE - 1)*STEP)*BITS;
        localparam TO_BITS = (WIDTH + (DISTANCE - 1)*STEP)*BITS;
        wire [FROM_BITS-1:0] from;
        wire [TO_BITS-1:0] to = at_q[AT_BITS-1-s] ? from[DISTANCE*STEP*BITS +: TO_BITS] : from[TO_BITS-1:0];
        if (s > 0) begin : gen_next
          assign from = gen_stage[s-1].to;
        end else begin : gen_first
          assign from = {{(FROM_BITS-(KEPT+LANES)*BITS){1'b0}}, window};
        end
      end
      assign chunk_o = gen_stage[AT_BITS-1].to;
    end
  endgenerate
endmodule

`default_nettype wire
