// stimulus.mem: {output gate, input gate, reset} a cycle. items.mem: banks.
// w.mem, schedule.mem, init.mem: weights, places of the lanes, first values.
`default_nettype none

module temporal_engines_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter ENGINES = 1;
  parameter [511:0] ENGINE_SHIFT = 0;
  parameter BITS = 16;
  parameter JOINTS = 25;
  parameter FRAMES = 300;
  parameter STRIDE = 1;
  parameter BANKS = 4;
  parameter COLUMNS = 4;
  parameter LANES = 4;
  parameter GROUP_CHANNELS = 16;
  parameter RING_CHANNELS = 16;
  parameter OUT_FRAMES = 300;
  parameter KERNEL = 9;
  parameter SLOTS = 9;
  parameter SUM_BITS = 40;
  parameter RING_BITS = 44;
  parameter ALIGN = 0;
  parameter SCHEDULE_DEPTH = 144;
  parameter WEIGHT_DEPTH = 64;
  parameter EDGE_START = 0;
  parameter EDGE_END = 0;
  parameter CLASSES = EDGE_START + EDGE_END + STRIDE;
  parameter [511:0] PASSES = 1;
  parameter [511:0] WEIGHT_BASE = 0;
  parameter [511:0] SCHEDULE_BASE = 0;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [16*BITS+15:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  reg [15:0] in_hot;
  reg [16*BITS-1:0] in_data;
  wire out_valid;
  reg out_ready;
  wire [LANES*RING_BITS-1:0] out_data;
  wire [ENGINES-1:0] busy;
  wire [ENGINES-1:0] waiting;
  integer t;
  integer item;
  integer log;

  temporal_engines #(
    .ENGINES(ENGINES), .ENGINE_SHIFT(ENGINE_SHIFT[JOINTS*8-1:0]), .BITS(BITS), .JOINTS(JOINTS), .FRAMES(FRAMES), .OUT_FRAMES(OUT_FRAMES), .STRIDE(STRIDE), .KERNEL(KERNEL),
    .BANKS(BANKS), .COLUMNS(COLUMNS),
    .LANES(LANES), .GROUP_CHANNELS(GROUP_CHANNELS), .RING_CHANNELS(RING_CHANNELS),
    .SLOTS(SLOTS), .SUM_BITS(SUM_BITS), .RING_BITS(RING_BITS),
    .ALIGN(ALIGN), .WEIGHT_DEPTH(WEIGHT_DEPTH), .WEIGHT_FILE("w.mem"),
    .SCHEDULE_DEPTH(SCHEDULE_DEPTH), .SCHEDULE_FILE("schedule.mem"), .INIT_FILE("init.mem"),
    .EDGE_START(EDGE_START), .EDGE_END(EDGE_END), .PASSES(PASSES[CLASSES*32-1:0]),
    .WEIGHT_BASE(WEIGHT_BASE[CLASSES*32-1:0]), .SCHEDULE_BASE(SCHEDULE_BASE[CLASSES*32-1:0])
  ) dut (
    .clk_i(clk), .rst_i(rst),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_hot_i(in_hot), .in_data_i(in_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data), .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("items.mem", items);
    log = $fopen("log.txt");
    clk = 1'b0;
    item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {out_ready, in_valid, rst} = stimulus[t];
      {in_hot, in_data} = items[item];
      #1 $fwrite(log, "%h %h %h %h %h ", rst, in_valid, in_ready, in_hot, in_data);
      $fwrite(log, "%h %h %h %h %h\n", out_valid, out_ready, out_data, busy, waiting);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
