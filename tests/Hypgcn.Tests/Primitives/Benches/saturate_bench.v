// stimulus.mem: the sums.
`default_nettype none

module saturate_bench;
  parameter CYCLES = 1;
  parameter LANES = 1;
  parameter IN_BITS = 40;
  parameter OUT_BITS = 16;
  parameter SHIFT = 8;
  parameter RELU = 0;

  reg [LANES*IN_BITS-1:0] stimulus [0:CYCLES-1];
  reg [LANES*IN_BITS-1:0] sums;
  wire [LANES*OUT_BITS-1:0] values;
  integer t;
  integer log;

  saturate #(.LANES(LANES), .IN_BITS(IN_BITS), .OUT_BITS(OUT_BITS), .SHIFT(SHIFT), .RELU(RELU)) dut (
    .sums_i(sums), .values_o(values)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    for (t = 0; t < CYCLES; t = t + 1) begin
      sums = stimulus[t];
      #1 $fwrite(log, "%h %h\n", sums, values);
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
