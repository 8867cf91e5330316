// The two sums of a packed accumulator, combinational. A pair accumulates high * 2^18 + low, and low may outgrow the
// 18 bits of its field: its products are less than a quarter of 2^18, so the two upper bits of the field show each
// time that low, taken as a signed number, leaves the field, and the array counts these wraps. Sums are exact for any
// length; of a sum of 18 bits nothing is counted.
`default_nettype none

module pair_sums #(
  parameter ACC_BITS = 23 // at least 18
) (
  input  wire [ACC_BITS+17:0] pair_i,
  input  wire [(ACC_BITS > 18 ? ACC_BITS - 19 : 0):0] wraps_i, // less one, modulo 2^(ACC_BITS - 18)
  output wire [ACC_BITS-1:0] low_o,
  output wire [ACC_BITS-1:0] high_o
);
  localparam SHIFT = 18;
  localparam FLOOR_BITS = ACC_BITS - SHIFT;

  wire negative = pair_i[SHIFT-1];

  // high is what the upper part has beyond floor(low / 2^18). With wraps less one that floor is a sum with a carry, and so is
  // the difference; the floor is the least number of its width where the sum overflows.
  generate
    if (FLOOR_BITS > 0) begin : gen_counted
      localparam [FLOOR_BITS-1:0] LARGEST = {FLOOR_BITS{1'b1}} >> 1;
      wire [FLOOR_BITS:0] floor = {wraps_i, 1'b1} + {{FLOOR_BITS{1'b0}}, !negative};
      wire below = wraps_i[FLOOR_BITS-1] || (wraps_i == LARGEST && !negative);
      wire [ACC_BITS:0] high = {pair_i[SHIFT +: ACC_BITS], 1'b1} + {{SHIFT{!below}}, ~wraps_i, negative};
      wire _unused_ok = &{1'b0, floor[0], high[0]};
      assign low_o = {floor[FLOOR_BITS:1], pair_i[SHIFT-1:0]};
      assign high_o = high[ACC_BITS:1];
    end else begin : gen_field
      wire _unused_ok = &{1'b0, wraps_i};
      assign low_o = pair_i[ACC_BITS-1:0];
      assign high_o = pair_i[SHIFT +: ACC_BITS] + {{(ACC_BITS-1){1'b0}}, negative};
    end
  endgenerate
endmodule

`default_nettype wire
