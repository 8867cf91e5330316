// stimulus.mem: {bypass, reload value, add, address, reload, operate} a cycle.
`default_nettype none

module ring_bank_bench;
  parameter CYCLES = 1;
  parameter DEPTH = 900;
  parameter BITS = 40;
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;

  reg [2*BITS+ADDRESS_BITS+2:0] stimulus [0:CYCLES-1];
  reg clk;
  reg operate;
  reg reload;
  reg bypass;
  reg [ADDRESS_BITS-1:0] address;
  reg [BITS-1:0] add;
  reg [BITS-1:0] reload_value;
  wire [BITS-1:0] read;
  integer t;
  integer log;

  ring_bank #(.DEPTH(DEPTH), .BITS(BITS)) dut (
    .clk_i(clk), .operate_i(operate), .reload_i(reload), .bypass_i(bypass), .address_i(address), .add_i(add),
    .reload_value_i(reload_value), .read_o(read)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {bypass, reload_value, add, address, reload, operate} = stimulus[t];
      #1 $fwrite(log, "%h %h %h %h %h %h %h\n", operate, reload, bypass, address, add, reload_value, read);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
