// stimulus.mem: {output gate, input gate, reset} a cycle. items.mem: the words that go in.
`default_nettype none

module stream_fifo_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter WIDTH = 8;
  parameter DEPTH = 4;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [WIDTH-1:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  reg [WIDTH-1:0] in_data;
  wire out_valid;
  reg out_ready;
  wire [WIDTH-1:0] out_data;
  integer t;
  integer item;
  integer log;

  stream_fifo #(.WIDTH(WIDTH), .DEPTH(DEPTH)) dut (
    .clk_i(clk), .rst_i(rst),
    .in_valid_i(in_valid), .in_ready_o(in_ready), .in_data_i(in_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data)
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
      #1 $fwrite(log, "%h %h %h %h %h %h %h\n", rst, in_valid, in_ready, in_data, out_valid, out_ready, out_data);
      if (in_valid && in_ready === 1'b1) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
