// Product of two signed numbers of at least 4 bits in LUTs, without a DSP block.
//
// w_i has a digit of -2 to 2 for every two bits (Booth, radix 4), and each makes a row, digit * a_i. Up to three rows are added to a
// part, which is registered; product_o is the sum of the parts. A negative row is inverted, and the one that it is then short
// of at its lowest bit is added with the parts, where the next part leaves room for it.
//
// product_o at t + 1 is a_i * w_i of cycle t.
`default_nettype none

module fabric_product #(
  parameter A_BITS = 16,
  parameter W_BITS = 16
) (
  input  wire clk_i,
  input  wire [A_BITS-1:0] a_i,
  input  wire [W_BITS-1:0] w_i,
  output wire [A_BITS+W_BITS-1:0] product_o
);
  localparam M_BITS = A_BITS + W_BITS;
  localparam ROWS = (W_BITS + 1)/2;
  localparam PARTS = (ROWS + 2)/3;
  localparam LAST_PART = PARTS - 1;
  localparam SUM_BITS = A_BITS + 2; // of up to three rows, from the lowest bit of the last

  wire [2*ROWS:0] w = {{(2*ROWS-W_BITS+1){w_i[W_BITS-1]}}, w_i[W_BITS-2:0], 1'b0};
  reg [PARTS*M_BITS-1:0] part_q;
  reg [PARTS*6-1:0] ones_q;
  reg [PARTS*M_BITS-1:0] parts;
  reg [PARTS*6-1:0] ones;
  reg [M_BITS-1:0] product;
  reg [M_BITS-1:0] part;
  reg signed [SUM_BITS-1:0] sum;
  integer i;
  integer r;
  integer k;

  assign product_o = product;

  function signed [SUM_BITS-1:0] row_of;
    input [A_BITS-1:0] a;
    input [2:0] digit;
    reg [A_BITS:0] row;
    begin
      row = (digit[1] ^ digit[0]) ? {a[A_BITS-1], a} : (digit[2] ^ digit[1]) ? {a, 1'b0} : {(A_BITS+1){1'b0}};
      row = row ^ {(A_BITS+1){digit[2]}};
      row_of = {row[A_BITS], row};
    end
  endfunction

  always @* begin
    parts = {PARTS*M_BITS{1'b0}};
    ones = {PARTS*6{1'b0}};
    for (i = 0; i < PARTS; i = i + 1) begin
      sum = {SUM_BITS{1'b0}};
      part = {M_BITS{1'b0}};
      for (r = 3*i; r < ROWS && r < 3*i + 3; r = r + 1) begin
        sum = (sum >>> 2) + row_of(a_i, w[2*r +: 3]);
        ones[2*r] = w[2*r + 2];
        part = part & ~({M_BITS{1'b1}} << (2*(r - 3*i))) | {{(M_BITS-SUM_BITS){sum[SUM_BITS-1]}}, sum} << (2*(r - 3*i));
      end
      parts[i*M_BITS +: M_BITS] = part;
    end
  end

  always @(posedge clk_i) begin
    part_q <= parts;
    ones_q <= ones;
  end

  always @* begin
    product = part_q[LAST_PART*M_BITS +: M_BITS] + {{(M_BITS-6){1'b0}}, ones_q[LAST_PART*6 +: 6]};
    for (k = LAST_PART - 1; k >= 0; k = k - 1) product = {product[M_BITS-7:0], ones_q[k*6 +: 6]} + part_q[k*M_BITS +: M_BITS];
  end
endmodule

`default_nettype wire
