// stimulus.mem: {blocked, busy, hold, reset} a cycle.
`default_nettype none

module stage_counter_bench;
  parameter CYCLES = 1;

  reg [3:0] stimulus [0:CYCLES-1];
  reg clk;
  reg rst;
  reg hold;
  reg busy;
  reg blocked;
  wire [31:0] busy_count;
  wire [31:0] blocked_count;
  integer t;
  integer log;

  stage_counter dut (
    .clk_i(clk), .rst_i(rst), .hold_i(hold), .busy_i(busy), .blocked_i(blocked),
    .busy_o(busy_count), .blocked_o(blocked_count)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {blocked, busy, hold, rst} = stimulus[t];
      #1 $fwrite(log, "%h %h %h %h %h %h\n", rst, hold, busy, blocked, busy_count, blocked_count);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
