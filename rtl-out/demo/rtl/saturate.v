// The end of a requantization, for LANES values: arithmetic shift right by SHIFT (the rounding
// half has been added before), optional ReLU, saturation to OUT_BITS. Combinational.
// IN_BITS must be at least SHIFT + OUT_BITS + 1.
`default_nettype none

module saturate #(
  parameter LANES = 1,
  parameter IN_BITS = 40,
  parameter OUT_BITS = 16,
  parameter SHIFT = 8,
  parameter RELU = 0
) (
  input  wire [LANES*IN_BITS-1:0] sums_i,
  output reg  [LANES*OUT_BITS-1:0] values_o
);
  localparam TOP_BITS = IN_BITS - SHIFT - OUT_BITS + 1;

  integer l;
  reg [TOP_BITS-1:0] top;

  always @* begin
    for (l = 0; l < LANES; l = l + 1) begin
      top = sums_i[l*IN_BITS + SHIFT + OUT_BITS - 1 +: TOP_BITS];
      if (RELU != 0 && top[TOP_BITS-1]) begin
        values_o[l*OUT_BITS +: OUT_BITS] = {OUT_BITS{1'b0}};
      end else if (!top[TOP_BITS-1] && top != {TOP_BITS{1'b0}}) begin
        values_o[l*OUT_BITS +: OUT_BITS] = {1'b0, {(OUT_BITS-1){1'b1}}};
      end else if (top[TOP_BITS-1] && top != {TOP_BITS{1'b1}}) begin
        values_o[l*OUT_BITS +: OUT_BITS] = {1'b1, {(OUT_BITS-1){1'b0}}};
      end else begin
        values_o[l*OUT_BITS +: OUT_BITS] = sums_i[l*IN_BITS + SHIFT +: OUT_BITS];
      end
    end
  end
  generate
    if (SHIFT > 0) begin : gen_unused
      wire _unused_ok = &{1'b0, sums_i};
    end
  endgenerate
endmodule

`default_nettype wire
