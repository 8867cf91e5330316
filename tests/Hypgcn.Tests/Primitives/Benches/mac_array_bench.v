// stimulus.mem: {a, w, capture, first, valid, reset} a cycle.
`default_nettype none

module mac_array_bench;
  parameter CYCLES = 1;
  parameter COLUMNS = 2;
  parameter LANES = 2;
  parameter A_BITS = 16;
  parameter W_BITS = 16;
  parameter ACC_BITS = 40;
  parameter PACKED = 0;
  parameter FABRIC = 0;
  localparam W_SIZE = COLUMNS*LANES*W_BITS;

  reg [A_BITS+W_SIZE+3:0] stimulus [0:CYCLES-1];
  reg clk;
  reg rst;
  reg valid;
  reg first;
  reg capture;
  reg [A_BITS-1:0] a;
  reg [W_SIZE-1:0] w;
  wire sum_valid;
  wire [(COLUMNS > 1 ? $clog2(COLUMNS) : 1)-1:0] sum_column;
  wire [LANES*ACC_BITS-1:0] sum;
  integer t;
  integer log;

  mac_array #(
    .COLUMNS(COLUMNS), .LANES(LANES), .A_BITS(A_BITS), .W_BITS(W_BITS), .ACC_BITS(ACC_BITS), .PACKED(PACKED), .FABRIC(FABRIC)
  ) dut (
    .clk_i(clk), .rst_i(rst), .valid_i(valid), .first_i(first), .capture_i(capture), .a_i(a), .w_i(w),
    .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {a, w, capture, first, valid, rst} = stimulus[t];
      #1 $fwrite(log, "%h %h %h %h %h %h %h %h %h\n", rst, valid, first, capture, a, w, sum_valid, sum_column, sum);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
