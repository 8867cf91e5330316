// stimulus.mem: {go, input gate, reset} a cycle. items.mem: banks. w.mem: weights.
`default_nettype none

module row_engine_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter BITS = 16;
  parameter JOINTS = 25;
  parameter FRAMES = 300;
  parameter STRIDE = 1;
  parameter BANKS = 4;
  parameter COLUMNS = 4;
  parameter LANES = 4;
  parameter MIN_CYCLES = 4;
  parameter ACC_BITS = 40;
  parameter WEIGHT_DEPTH = 64;
  parameter [127:0] PASSES = 1;
  parameter [127:0] WEIGHT_BASE = 0;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [16*BITS+15:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  reg [15:0] in_hot;
  reg [16*BITS-1:0] in_data;
  reg go;
  wire pass_start;
  wire next_row;
  wire row_start;
  wire busy;
  wire waiting;
  wire sum_valid;
  wire [(COLUMNS > 1 ? $clog2(COLUMNS) : 1)-1:0] sum_column;
  wire [LANES*ACC_BITS-1:0] sum;
  integer t;
  integer item;
  integer log;

  row_engine #(
    .BITS(BITS), .JOINTS(JOINTS), .FRAMES(FRAMES), .STRIDE(STRIDE), .BANKS(BANKS),
    .COLUMNS(COLUMNS), .LANES(LANES), .MIN_CYCLES(MIN_CYCLES),
    .ACC_BITS(ACC_BITS), .WEIGHT_DEPTH(WEIGHT_DEPTH), .WEIGHT_FILE("w.mem"),
    .PASSES(PASSES[STRIDE*32-1:0]), .WEIGHT_BASE(WEIGHT_BASE[STRIDE*32-1:0])
  ) dut (
    .clk_i(clk), .rst_i(rst),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_hot_i(in_hot), .in_data_i(in_data),
    .go_i(go), .pass_start_o(pass_start), .next_row_o(next_row), .row_start_o(row_start),
    .busy_o(busy), .waiting_o(waiting), .sum_valid_o(sum_valid), .sum_column_o(sum_column), .sum_o(sum)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("items.mem", items);
    log = $fopen("log.txt");
    clk = 1'b0;
    item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {go, in_valid, rst} = stimulus[t];
      {in_hot, in_data} = items[item];
      #1 $fwrite(log, "%h %h %h %h %h ", rst, in_valid, in_ready, in_hot, in_data);
      $fwrite(log, "%h ", go);
      $fwrite(log, "%h %h %h %h %h ", pass_start, next_row, row_start, busy, waiting);
      $fwrite(log, "%h %h %h\n", sum_valid, sum_column, sum);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
