// Makes clips of CLIP values out of AXI4-Stream packets, whatever their length: a packet is a clip.
// A packet that ends early is filled up with zeros (short_o), what exceeds a clip is discarded up to
// TLAST (long_o). So the next packet always starts a clip, and every packet gives one result.
// A beat holds VALUES values of BYTES bytes, the first in the lowest bytes; a value counts if all its
// bytes are kept. Beats go through without a register, one value a cycle.
// discard_i: whether after reset everything up to the next TLAST is discarded.
`default_nettype none

module clip_framer #(
  parameter BITS = 16,
  parameter BYTES = 2,
  parameter VALUES = 1,
  parameter CLIP = 2400
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire discard_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [8*BYTES*VALUES-1:0] in_data_i,
  input  wire [BYTES*VALUES-1:0] in_keep_i,
  input  wire in_last_i,
  output wire out_valid_o,
  input  wire out_ready_i,
  output wire [BITS-1:0] out_data_o,
  output wire out_last_o,
  output wire clip_o,
  output wire short_o,
  output wire long_o,
  output wire open_o,
  output wire discarding_o
);
  localparam COUNT_BITS = (CLIP > 1) ? $clog2(CLIP) : 1;
  localparam LAST = CLIP - 1;
  localparam SLOT = 8*BYTES;

  reg [COUNT_BITS-1:0] count_q;
  reg [VALUES-1:0] done_q;
  reg open_q;
  reg pad_q;
  reg over_q;
  reg long_q;
  reg discard_q;

  // Values of the beat that are left, and the first of them.
  reg [VALUES-1:0] left;
  reg [VALUES-1:0] first;
  reg [SLOT-1:0] value;
  integer i;

  always @* begin
    left = {VALUES{1'b0}};
    first = {VALUES{1'b0}};
    value = {SLOT{1'b0}};
    for (i = VALUES - 1; i >= 0; i = i - 1) begin
      left[i] = (&in_keep_i[i*BYTES +: BYTES]) && !done_q[i];
      if (left[i]) begin
        first = {VALUES{1'b0}};
        first[i] = 1'b1;
        value = in_data_i[i*SLOT +: SLOT];
      end
    end
  end

  wire any = |left;
  wire one = left == first;
  wire complete = count_q == LAST[COUNT_BITS-1:0];
  wire fire = out_valid_o && out_ready_i;
  wire beat = in_valid_i && in_ready_o;
  wire ends = beat && in_last_i;

  assign in_ready_o = !rst_i && (over_q || (!pad_q && (!any || (out_ready_i && one))));
  assign out_valid_o = !rst_i && (pad_q || (!over_q && in_valid_i && any));
  assign out_data_o = pad_q ? {BITS{1'b0}} : value[BITS-1:0];
  assign out_last_o = complete;
  assign clip_o = fire && complete;
  assign short_o = ends && !over_q && !(fire && complete);
  assign long_o = over_q && !discard_q && in_valid_i && any && !long_q;
  assign open_o = open_q;
  assign discarding_o = over_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      count_q <= {COUNT_BITS{1'b0}};
      done_q <= {VALUES{1'b0}};
      open_q <= 1'b0;
      pad_q <= 1'b0;
      over_q <= discard_i;
      long_q <= 1'b0;
      discard_q <= discard_i;
    end else begin
      if (beat) done_q <= {VALUES{1'b0}};
      else if (fire && !pad_q) done_q <= done_q | first;
      if (beat) open_q <= !in_last_i;
      if (fire) count_q <= complete ? {COUNT_BITS{1'b0}} : count_q + 1'b1;
      if (short_o) pad_q <= 1'b1;
      else if (fire && complete) pad_q <= 1'b0;
      if (ends) begin
        over_q <= 1'b0;
        long_q <= 1'b0;
        discard_q <= 1'b0;
      end else begin
        if (fire && complete && !pad_q) over_q <= 1'b1;
        if (long_o) long_q <= 1'b1;
      end
    end
  end

  generate
    if (SLOT > BITS) begin : gen_unused
      wire _unused_ok = &{1'b0, value[SLOT-1:BITS]};
    end
  endgenerate
endmodule

`default_nettype wire
