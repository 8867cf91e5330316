// stimulus.mem: {output gate, input gate, reset} a cycle. items.mem: values. norm.mem: coefficients.
`default_nettype none

module data_norm_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter BITS = 16;
  parameter OUT_BITS = 16;
  parameter PERSONS = 1;
  parameter FRAMES = 32;
  parameter JOINTS = 25;
  parameter CHANNELS = 3;
  parameter SUM_BITS = 40;
  parameter SHIFT = 8;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [BITS-1:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  reg [BITS-1:0] in_data;
  wire out_valid;
  reg out_ready;
  wire [15:0] out_hot;
  wire [16*OUT_BITS-1:0] out_data;
  wire busy;
  wire waiting;
  integer t;
  integer item;
  integer log;

  data_norm #(
    .BITS(BITS), .OUT_BITS(OUT_BITS), .PERSONS(PERSONS), .FRAMES(FRAMES), .JOINTS(JOINTS), .CHANNELS(CHANNELS),
    .SUM_BITS(SUM_BITS), .SHIFT(SHIFT), .COEFFICIENT_FILE("norm.mem")
  ) dut (
    .clk_i(clk), .rst_i(rst), .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_hot_o(out_hot), .out_data_o(out_data),
    .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("items.mem", items);
    log = $fopen("log.txt");
    clk = 1'b0;
    item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {out_ready, in_valid, rst} = stimulus[t];
      in_data = items[item];
      #1 $fwrite(log, "%h %h %h %h ", rst, in_valid, in_ready, in_data);
      $fwrite(log, "%h %h %h %h %h %h\n", out_valid, out_ready, out_hot, out_data, busy, waiting);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
