// How many bits are set, up to 3, which stands for 3 or more: a tree of LUTs, where counting would be a chain of adders.
`default_nettype none

module count_few #(
  parameter WIDTH = 16
) (
  input  wire [WIDTH-1:0] bits_i,
  output wire [1:0] count_o
);
  localparam SIZE = 1 << $clog2(WIDTH);
  reg [SIZE-1:0] low;
  reg [SIZE-1:0] high;
  reg [SIZE-1:0] both;
  integer n;

  // Each turn adds the counts of the upper half to those of the lower one; what stands above them means nothing.
  always @* begin
    low = {{(SIZE-WIDTH){1'b0}}, bits_i};
    high = {SIZE{1'b0}};
    both = {SIZE{1'b0}};
    for (n = SIZE/2; n >= 1; n = n/2) begin
      both = low & (low >> n);
      low = (low ^ (low >> n)) | (high & low) | ((high & low) >> n) | (high & (high >> n));
      high = high | (high >> n) | both;
    end
  end

  assign count_o = {high[0], low[0]};
  wire _unused_ok = &{1'b0, low, high};
endmodule

`default_nettype wire
