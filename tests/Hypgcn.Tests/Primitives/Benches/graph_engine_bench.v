// stimulus.mem: {U buffer free, input gate, reset} a cycle. items.mem: banks.
// channels.mem, graph.mem: kept channels and coefficients.
`default_nettype none

module graph_engine_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter BITS = 16;
  parameter JOINTS = 25;
  parameter BANKS = 4;
  parameter CHANNELS = 64;
  parameter WORDS = 3;
  parameter LANES = 5;
  parameter PASSES = 5;
  parameter TOTAL_WORDS = 15;
  parameter ACC_BITS = 40;
  parameter FABRIC = 0;
  parameter SHIFT = 8;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [16*BITS+15:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  reg [15:0] in_hot;
  reg [16*BITS-1:0] in_data;
  reg u_free;
  wire u_reserve;
  wire u_write;
  wire u_commit;
  wire [LANES*BITS-1:0] u_data;
  wire busy;
  wire waiting;
  integer t;
  integer item;
  integer log;

  graph_engine #(
    .BITS(BITS), .JOINTS(JOINTS), .BANKS(BANKS), .CHANNELS(CHANNELS), .WORDS(WORDS), .LANES(LANES),
    .PASSES(PASSES), .TOTAL_WORDS(TOTAL_WORDS), .ACC_BITS(ACC_BITS), .FABRIC(FABRIC), .SHIFT(SHIFT),
    .CHANNEL_FILE("channels.mem"), .GRAPH_FILE("graph.mem")
  ) dut (
    .clk_i(clk), .rst_i(rst), .in_valid_i(in_valid), .in_ready_o(in_ready), .in_hot_i(in_hot), .in_data_i(in_data),
    .u_free_i(u_free), .u_reserve_o(u_reserve), .u_write_o(u_write), .u_commit_o(u_commit), .u_data_o(u_data),
    .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("items.mem", items);
    log = $fopen("log.txt");
    clk = 1'b0;
    item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {u_free, in_valid, rst} = stimulus[t];
      {in_hot, in_data} = items[item];
      #1 $fwrite(log, "%h %h %h %h %h ", rst, in_valid, in_ready, in_hot, in_data);
      $fwrite(log, "%h %h %h %h %h %h %h\n", u_free, u_reserve, u_write, u_commit, u_data, busy, waiting);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
