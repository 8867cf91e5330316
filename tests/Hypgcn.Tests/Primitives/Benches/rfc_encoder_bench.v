// stimulus.mem: {values, last, valid, reset} a cycle.
`default_nettype none

module rfc_encoder_bench;
  parameter CYCLES = 1;
  parameter BITS = 16;
  parameter WIDTH = 4;

  reg [WIDTH*BITS+2:0] stimulus [0:CYCLES-1];
  reg clk;
  reg rst;
  reg valid;
  reg last;
  reg [WIDTH*BITS-1:0] values;
  wire bank_valid;
  wire [15:0] hot;
  wire [16*BITS-1:0] data;
  integer t;
  integer log;

  rfc_encoder #(.BITS(BITS), .WIDTH(WIDTH)) dut (
    .clk_i(clk), .rst_i(rst), .valid_i(valid), .last_i(last), .values_i(values),
    .bank_valid_o(bank_valid), .hot_o(hot), .data_o(data)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {values, last, valid, rst} = stimulus[t];
      #1 $fwrite(log, "%h %h %h %h %h %h %h\n", rst, valid, last, values, bank_valid, hot, data);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
