// The two sums of a packed accumulator, combinational. A pair accumulates high * 2^18 + low, and low may outgrow the
// 18 bits of its field: its products are less than a quarter of 2^18, so the two upper bits of the field show each
// time that low, taken as a signed number, leaves the field, and the array counts these wraps. Sums are exact for any
// length; of a sum of 18 bits nothing is counted.
`default_nettype none

module pair_sums #(
  parameter ACC_BITS = 23 // at least 18
) (
  input  wire [ACC_BITS+17:0] pair_i,
  input  wire [(ACC_BITS > 18 ? ACC_BITS - 19 : 0):0] wraps_i, // modulo 2^(ACC_BITS - 18)
  output wire [ACC_BITS-1:0] low_o,
  output wire [ACC_BITS-1:0] high_o
);
  localparam SHIFT = 18;
  localparam FLOOR_BITS = ACC_BITS - SHIFT;

  wire negative = pair_i[SHIFT-1];

  // high is what the upper part has beyond floor(low / 2^18).
  generate
    if (FLOOR_BITS > 0) begin : gen_counted
      wire [FLOOR_BITS:0] extended = {{FLOOR_BITS{1'b0}}, negative};
      wire [FLOOR_BITS-1:0] floor = wraps_i - extended[FLOOR_BITS-1:0];
      wire _unused_ok = &{1'b0, extended};
      assign low_o = {floor, pair_i[SHIFT-1:0]};
      assign high_o = pair_i[SHIFT +: ACC_BITS] - {{SHIFT{floor[FLOOR_BITS-1]}}, floor};
    end else begin : gen_field
      wire _unused_ok = &{1'b0, wraps_i};
      assign low_o = pair_i[ACC_BITS-1:0];
      assign high_o = pair_i[SHIFT +: ACC_BITS] + {{(ACC_BITS-1){1'b0}}, negative};
    end
  endgenerate
endmodule

`default_nettype wire
