// stimulus.mem: {output gate, input gate, reset} a cycle. items.mem: the banks that go in, {hot, data}.
`default_nettype none

module rfc_fifo_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter BITS = 16;
  parameter DEPTH = 64;
  parameter WORDS0 = 65;
  parameter WORDS1 = 65;
  parameter WORDS2 = 65;
  parameter WORDS3 = 65;
  parameter FRAME_BANKS = 64;
  parameter WINDOW = 2;

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
  wire [15:0] out_hot;
  wire [16*BITS-1:0] out_data;
  wire [31:0] dropped;
  integer t;
  integer item;
  integer log;

  rfc_fifo #(
    .BITS(BITS), .DEPTH(DEPTH), .WORDS0(WORDS0), .WORDS1(WORDS1), .WORDS2(WORDS2), .WORDS3(WORDS3),
    .FRAME_BANKS(FRAME_BANKS), .WINDOW(WINDOW)
  ) dut (
    .clk_i(clk), .rst_i(rst),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_hot_i(in_hot), .in_data_i(in_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_hot_o(out_hot), .out_data_o(out_data),
    .dropped_o(dropped)
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
      $fwrite(log, "%h %h %h %h %h\n", out_valid, out_ready, out_hot, out_data, dropped);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
