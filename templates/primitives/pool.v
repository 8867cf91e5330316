// Global sum pooling: adds up every channel over all rows of a clip, WIDTH channels a cycle, in
// two alternating memories so that the classifier reads one clip while the next is summed.
// full_o says that a clip's sums are complete; release_i frees them.
`default_nettype none

module pool #(
  parameter BITS = 16,
  parameter BANKS = 16,
  parameter WIDTH = 4,
  parameter ROWS = 800,
  parameter SUM_BITS = 32
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [15:0] in_hot_i,
  input  wire [16*BITS-1:0] in_data_i,
  output wire full_o,
  input  wire release_i,
  input  wire [$clog2(BANKS*16)-1:0] read_channel_i,
  output wire [SUM_BITS-1:0] read_sum_o,
  output wire busy_o,
  output wire waiting_o
);
  localparam BANK_CHUNKS = 16/WIDTH;
  localparam ROW_CHUNKS = BANKS*BANK_CHUNKS;
  localparam CHUNK_BITS = (ROW_CHUNKS > 1) ? $clog2(ROW_CHUNKS) : 1;
  localparam ROW_BITS = (ROWS > 1) ? $clog2(ROWS) : 1;
  localparam LAST_BANK_CHUNK = BANK_CHUNKS - 1;
  localparam LAST_ROW_CHUNK = ROW_CHUNKS - 1;
  localparam LAST_ROW = ROWS - 1;
  localparam CHANNEL_BITS = $clog2(BANKS*16);

  reg valid_q;
  reg [15:0] hot_q;
  reg [16*BITS-1:0] data_q;
  reg [3:0] bank_chunk_q;
  reg [CHUNK_BITS-1:0] chunk_q;
  reg [ROW_BITS-1:0] row_q;
  reg slot_q;
  reg read_slot_q;
  reg [1:0] full_q;
  wire room = !full_q[slot_q];
  wire fire = valid_q && room;
  wire bank_last = bank_chunk_q == LAST_BANK_CHUNK[3:0];
  wire chunk_last = chunk_q == LAST_ROW_CHUNK[CHUNK_BITS-1:0];
  wire row_first = row_q == {ROW_BITS{1'b0}};
  wire clip_last = chunk_last && (row_q == LAST_ROW[ROW_BITS-1:0]);
  wire load = in_valid_i && in_ready_o;

  assign in_ready_o = !valid_q || (fire && bank_last);
  assign full_o = full_q[read_slot_q];
  assign busy_o = fire;
  assign waiting_o = valid_q && !room;

  (* ram_style = "distributed" *) reg [WIDTH*SUM_BITS-1:0] sums_mem [0:2*(1 << CHUNK_BITS)-1];
  wire [WIDTH*SUM_BITS-1:0] old = sums_mem[{slot_q, chunk_q}];
  reg [WIDTH*SUM_BITS-1:0] added;
  reg [15:0] hot_rest;
  reg [16*BITS-1:0] data_rest;
  reg [WIDTH:0] at; // place of the next value, one bit set
  reg [BITS-1:0] value;
  integer i;
  integer n;

  always @* begin
    at = {{WIDTH{1'b0}}, 1'b1};
    for (i = 0; i < WIDTH; i = i + 1) begin
      value = {BITS{1'b0}};
      for (n = 0; n <= i; n = n + 1) value = value | (data_q[n*BITS +: BITS] & {BITS{at[n] && hot_q[i]}});
      added[i*SUM_BITS +: SUM_BITS] = (row_first ? {SUM_BITS{1'b0}} : old[i*SUM_BITS +: SUM_BITS])
                                      + {{(SUM_BITS-BITS){value[BITS-1]}}, value};
      at = hot_q[i] ? {at[WIDTH-1:0], 1'b0} : at;
    end
    hot_rest = hot_q >> WIDTH;
    data_rest = {16*BITS{1'b0}};
    for (n = 0; n <= WIDTH; n = n + 1) data_rest = data_rest | ((data_q >> (n*BITS)) & {16*BITS{at[n]}});
  end

  always @(posedge clk_i) begin
    if (fire) sums_mem[{slot_q, chunk_q}] <= added;
    if (load) begin
      hot_q <= in_hot_i;
      data_q <= in_data_i;
    end else if (fire) begin
      hot_q <= hot_rest;
      data_q <= data_rest;
    end
    if (rst_i) begin
      valid_q <= 1'b0;
      bank_chunk_q <= 4'd0;
      chunk_q <= {CHUNK_BITS{1'b0}};
      row_q <= {ROW_BITS{1'b0}};
      slot_q <= 1'b0;
      read_slot_q <= 1'b0;
      full_q <= 2'b00;
    end else begin
      if (load) valid_q <= 1'b1;
      else if (fire && bank_last) valid_q <= 1'b0;
      if (fire) begin
        bank_chunk_q <= bank_last ? 4'd0 : bank_chunk_q + 4'd1;
        chunk_q <= chunk_last ? {CHUNK_BITS{1'b0}} : chunk_q + 1'b1;
        if (chunk_last) row_q <= clip_last ? {ROW_BITS{1'b0}} : row_q + 1'b1;
        if (clip_last) begin
          slot_q <= !slot_q;
          full_q[slot_q] <= 1'b1;
        end
      end
      if (release_i) begin
        read_slot_q <= !read_slot_q;
        full_q[read_slot_q] <= 1'b0;
      end
    end
  end

  generate
    if (WIDTH > 1) begin : gen_select
      localparam LANE_BITS = $clog2(WIDTH);
      wire [CHUNK_BITS-1:0] read_chunk;
      wire [WIDTH*SUM_BITS-1:0] word = sums_mem[{read_slot_q, read_chunk}];
      if (ROW_CHUNKS > 1) begin : gen_chunks
        assign read_chunk = read_channel_i[CHANNEL_BITS-1:LANE_BITS];
      end else begin : gen_one_chunk
        assign read_chunk = {CHUNK_BITS{1'b0}};
      end
      assign read_sum_o = word[read_channel_i[LANE_BITS-1:0]*SUM_BITS +: SUM_BITS];
    end else begin : gen_word
      assign read_sum_o = sums_mem[{read_slot_q, read_channel_i}];
    end
  endgenerate
endmodule

`default_nettype wire
