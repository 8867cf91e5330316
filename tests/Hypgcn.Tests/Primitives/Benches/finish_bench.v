// stimulus.mem: {output gate, side gate, main gate, reset} a cycle. main.mem, side.mem: what goes in;
// a side item is {hot, data} with SIDE = 1, a word of sums with SIDE = 2. bias.mem: biases.
`default_nettype none

module finish_bench;
  parameter CYCLES = 1;
  parameter MAIN_ITEMS = 1;
  parameter SIDE_ITEMS = 1;
  parameter BITS = 16;
  parameter OUT_BITS = 16;
  parameter LANES = 4;
  parameter WIDTH = 2;
  parameter BANKS = 4;
  parameter SUM_BITS = 40;
  parameter SIDE = 1;
  parameter SIDE_LANES = LANES;
  parameter SIDE_BITS = 16;
  parameter MAIN_ALIGN = 0;
  parameter SIDE_ALIGN = 8;
  parameter TOTAL_BITS = 44;
  parameter SHIFT = 8;
  parameter HAS_BIAS = 1;
  localparam SIDE_SIZE = (SIDE == 2) ? SIDE_LANES*SIDE_BITS : 16 + 16*BITS;

  reg [3:0] stimulus [0:CYCLES-1];
  reg [LANES*SUM_BITS-1:0] main_items [0:MAIN_ITEMS-1];
  reg [SIDE_SIZE-1:0] side_items [0:SIDE_ITEMS-1];
  reg clk;
  reg rst;
  reg main_valid;
  wire main_ready;
  reg [LANES*SUM_BITS-1:0] main_data;
  reg side_valid;
  wire side_bank_ready;
  wire side_word_ready;
  wire side_ready = (SIDE == 2) ? side_word_ready : side_bank_ready;
  reg [SIDE_SIZE-1:0] side_data;
  wire [15:0] side_hot;
  wire [16*BITS-1:0] side_bank;
  wire [SIDE_LANES*SIDE_BITS-1:0] side_word;
  wire out_valid;
  reg out_ready;
  wire [15:0] out_hot;
  wire [16*OUT_BITS-1:0] out_data;
  wire busy;
  wire waiting;
  integer t;
  integer main_item;
  integer side_item;
  integer log;

  generate
    if (SIDE == 2) begin : gen_word
      assign side_word = side_data;
      assign side_hot = 16'd0;
      assign side_bank = {16*BITS{1'b0}};
    end else begin : gen_bank
      assign side_word = {SIDE_LANES*SIDE_BITS{1'b0}};
      assign {side_hot, side_bank} = side_data;
    end
  endgenerate

  finish #(
    .BITS(BITS), .OUT_BITS(OUT_BITS), .LANES(LANES), .WIDTH(WIDTH), .BANKS(BANKS), .SUM_BITS(SUM_BITS), .SIDE(SIDE), .SIDE_LANES(SIDE_LANES),
    .SIDE_BITS(SIDE_BITS), .MAIN_ALIGN(MAIN_ALIGN), .SIDE_ALIGN(SIDE_ALIGN), .TOTAL_BITS(TOTAL_BITS),
    .SHIFT(SHIFT), .HAS_BIAS(HAS_BIAS), .BIAS_FILE("bias.mem")
  ) dut (
    .clk_i(clk), .rst_i(rst),
    .main_valid_i(main_valid), .main_ready_o(main_ready), .main_data_i(main_data),
    .side_bank_valid_i(side_valid), .side_bank_ready_o(side_bank_ready), .side_hot_i(side_hot), .side_bank_i(side_bank),
    .side_word_valid_i(side_valid), .side_word_ready_o(side_word_ready), .side_word_i(side_word),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_hot_o(out_hot), .out_data_o(out_data),
    .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("main.mem", main_items);
    $readmemh("side.mem", side_items);
    log = $fopen("log.txt");
    clk = 1'b0;
    main_item = 0;
    side_item = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {out_ready, side_valid, main_valid, rst} = stimulus[t];
      main_data = main_items[main_item];
      side_data = side_items[side_item];
      #1 $fwrite(log, "%h %h %h %h ", rst, main_valid, main_ready, main_data);
      $fwrite(log, "%h %h %h ", side_valid, side_ready, side_data);
      $fwrite(log, "%h %h %h %h %h %h\n", out_valid, out_ready, out_hot, out_data, busy, waiting);
      if (main_valid && main_ready === 1'b1) main_item = (main_item + 1) % MAIN_ITEMS;
      if (side_valid && side_ready === 1'b1) side_item = (side_item + 1) % SIDE_ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
