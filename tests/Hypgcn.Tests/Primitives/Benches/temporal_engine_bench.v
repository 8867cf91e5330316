// stimulus.mem: {output gate, aux gate, main gate, reset} a cycle. main.mem, aux.mem: banks.
// w.mem, schedule.mem, init.mem: weights, places of the lanes, first values.
`default_nettype none

module temporal_engine_bench;
  parameter CYCLES = 1;
  parameter MAIN_ITEMS = 1;
  parameter AUX_ITEMS = 1;
  parameter BITS = 16;
  parameter JOINTS = 25;
  parameter FRAMES = 300;
  parameter STRIDE = 1;
  parameter MAIN_BANKS = 4;
  parameter AUX_BANKS = 4;
  parameter HAS_AUX = 0;
  parameter MAX_BANKS = 4;
  parameter COLUMNS = 4;
  parameter LANES = 4;
  parameter GROUP_CHANNELS = 16;
  parameter RING_CHANNELS = 16;
  parameter OUT_FRAMES = 300;
  parameter KERNEL = 9;
  parameter SLOTS = 9;
  parameter SUM_BITS = 40;
  parameter RING_BITS = 44;
  parameter MAIN_ALIGN = 0;
  parameter AUX_ALIGN = 0;
  parameter SCHEDULE_DEPTH = 144;
  parameter WEIGHT_DEPTH = 64;
  parameter [127:0] TYPE_PASSES = 1;
  parameter [127:0] TYPE_BASE = 0;
  parameter [127:0] TYPE_LENGTH = 0;
  parameter [127:0] TYPE_SCHEDULE = 0;

  reg [3:0] stimulus [0:CYCLES-1];
  reg [16*BITS+15:0] main_items [0:MAIN_ITEMS-1];
  reg [16*BITS+15:0] aux_items [0:AUX_ITEMS-1];
  reg clk;
  reg rst;
  reg main_valid;
  wire main_ready;
  reg [15:0] main_hot;
  reg [16*BITS-1:0] main_data;
  reg aux_valid;
  wire aux_ready;
  reg [15:0] aux_hot;
  reg [16*BITS-1:0] aux_data;
  wire out_valid;
  reg out_ready;
  wire [LANES*RING_BITS-1:0] out_data;
  wire busy;
  wire waiting;
  integer t;
  integer main_item;
  integer aux_item;
  integer log;

  temporal_engine #(
    .BITS(BITS), .JOINTS(JOINTS), .FRAMES(FRAMES), .OUT_FRAMES(OUT_FRAMES), .STRIDE(STRIDE), .KERNEL(KERNEL),
    .MAIN_BANKS(MAIN_BANKS), .AUX_BANKS(AUX_BANKS), .HAS_AUX(HAS_AUX), .MAX_BANKS(MAX_BANKS), .COLUMNS(COLUMNS),
    .LANES(LANES), .GROUP_CHANNELS(GROUP_CHANNELS), .RING_CHANNELS(RING_CHANNELS),
    .SLOTS(SLOTS), .SUM_BITS(SUM_BITS), .RING_BITS(RING_BITS),
    .MAIN_ALIGN(MAIN_ALIGN), .AUX_ALIGN(AUX_ALIGN), .WEIGHT_DEPTH(WEIGHT_DEPTH), .WEIGHT_FILE("w.mem"),
    .SCHEDULE_DEPTH(SCHEDULE_DEPTH), .SCHEDULE_FILE("schedule.mem"), .INIT_FILE("init.mem"),
    .TYPE_PASSES(TYPE_PASSES[(STRIDE+1)*32-1:0]), .TYPE_BASE(TYPE_BASE[(STRIDE+1)*32-1:0]),
    .TYPE_LENGTH(TYPE_LENGTH[(STRIDE+1)*32-1:0]), .TYPE_SCHEDULE(TYPE_SCHEDULE[(STRIDE+1)*32-1:0])
  ) dut (
    .clk_i(clk), .rst_i(rst),
    .main_valid_i(main_valid), .main_ready_o(main_ready), .main_hot_i(main_hot), .main_data_i(main_data),
    .aux_valid_i(aux_valid), .aux_ready_o(aux_ready), .aux_hot_i(aux_hot), .aux_data_i(aux_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data), .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("main.mem", main_items);
    $readmemh("aux.mem", aux_items);
    log = $fopen("log.txt");
    clk = 1'b0;
    main_item = 0;
    aux_item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {out_ready, aux_valid, main_valid, rst} = stimulus[t];
      {main_hot, main_data} = main_items[main_item];
      {aux_hot, aux_data} = aux_items[aux_item];
      #1 $fwrite(log, "%h %h %h %h %h ", rst, main_valid, main_ready, main_hot, main_data);
      $fwrite(log, "%h %h %h %h ", aux_valid, aux_ready, aux_hot, aux_data);
      $fwrite(log, "%h %h %h %h %h\n", out_valid, out_ready, out_data, busy, waiting);
      if (main_valid && main_ready === 1'b1) main_item = (main_item + 1) % MAIN_ITEMS;
      if (aux_valid && aux_ready === 1'b1) aux_item = (aux_item + 1) % AUX_ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
