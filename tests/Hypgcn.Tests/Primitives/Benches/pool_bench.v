// stimulus.mem: {read channel (16 bits), release gate, input gate, reset} a cycle. items.mem: banks.
// A clip is released only while the pool says that it is full.
`default_nettype none

module pool_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter BITS = 16;
  parameter BANKS = 16;
  parameter WIDTH = 4;
  parameter ROWS = 800;
  parameter SUM_BITS = 32;

  reg [18:0] stimulus [0:CYCLES-1];
  reg [16*BITS+15:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  reg [15:0] in_hot;
  reg [16*BITS-1:0] in_data;
  wire full;
  reg gate;
  wire release_clip = gate && full === 1'b1;
  reg [15:0] channel;
  wire [SUM_BITS-1:0] sum;
  wire busy;
  wire waiting;
  integer t;
  integer item;
  integer log;

  pool #(.BITS(BITS), .BANKS(BANKS), .WIDTH(WIDTH), .ROWS(ROWS), .SUM_BITS(SUM_BITS)) dut (
    .clk_i(clk), .rst_i(rst), .in_valid_i(in_valid), .in_ready_o(in_ready), .in_hot_i(in_hot), .in_data_i(in_data),
    .full_o(full), .release_i(release_clip), .read_channel_i(channel[$clog2(BANKS*16)-1:0]), .read_sum_o(sum),
    .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("items.mem", items);
    log = $fopen("log.txt");
    clk = 1'b0;
    item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {channel, gate, in_valid, rst} = stimulus[t];
      {in_hot, in_data} = items[item];
      #1 $fwrite(log, "%h %h %h %h %h ", rst, in_valid, in_ready, in_hot, in_data);
      $fwrite(log, "%h %h %h %h %h %h\n", full, release_clip, channel, sum, busy, waiting);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
