// stimulus.mem: {output gate, input gate, reset} a cycle. items.mem: banks. w.mem: weights.
`default_nettype none

module down_engines_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter ENGINES = 1;
  parameter BITS = 16;
  parameter BANKS = 4;
  parameter COLUMNS = 4;
  parameter LANES = 4;
  parameter PASSES = 4;
  parameter LAST_COLUMNS = COLUMNS;
  parameter ACC_BITS = 40;

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
  wire [LANES*ACC_BITS-1:0] out_data;
  wire [ENGINES-1:0] busy;
  wire [ENGINES-1:0] waiting;
  integer t;
  integer item;
  integer log;

  down_engines #(
    .ENGINES(ENGINES), .BITS(BITS), .BANKS(BANKS), .COLUMNS(COLUMNS), .LANES(LANES),
    .PASSES(PASSES), .LAST_COLUMNS(LAST_COLUMNS), .ACC_BITS(ACC_BITS), .WEIGHT_FILE("w.mem")
  ) dut (
    .clk_i(clk), .rst_i(rst), .in_valid_i(in_valid), .in_ready_o(in_ready), .in_hot_i(in_hot), .in_data_i(in_data),
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
