// stimulus.mem: {output gate, U gate, reset} a cycle. u.mem: words of U. w.mem: weights.
// Reserves a frame of U_WORDS words when one is free and the gate is open, then writes one word a
// cycle with an open gate; the commit comes with the last word or, with LATE = 1, after it.
`default_nettype none

module spatial_array_bench;
  parameter CYCLES = 1;
  parameter ITEMS = 1;
  parameter U_WORDS = 1;
  parameter LATE = 0;
  parameter BITS = 16;
  parameter JOINTS = 25;
  parameter CHANNELS = 64;
  parameter SUBSETS = 3;
  parameter JOINT_LANES = 5;
  parameter JOINT_GROUPS = 5;
  parameter GRAPH_LANES = 5;
  parameter LANES = 8;
  parameter CHANNEL_GROUPS = 8;
  parameter ACC_BITS = 44;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [GRAPH_LANES*BITS-1:0] items [0:ITEMS-1];
  reg clk;
  reg rst;
  reg gate;
  wire u_free;
  reg u_reserve;
  reg u_write;
  reg u_commit;
  reg [GRAPH_LANES*BITS-1:0] u_data;
  wire out_valid;
  reg out_ready;
  wire [LANES*ACC_BITS-1:0] out_data;
  wire busy;
  wire waiting;
  integer t;
  integer item;
  integer left;
  integer log;

  spatial_array #(
    .BITS(BITS), .JOINTS(JOINTS), .CHANNELS(CHANNELS), .SUBSETS(SUBSETS), .JOINT_LANES(JOINT_LANES),
    .JOINT_GROUPS(JOINT_GROUPS), .GRAPH_LANES(GRAPH_LANES), .LANES(LANES), .CHANNEL_GROUPS(CHANNEL_GROUPS), .ACC_BITS(ACC_BITS), .WEIGHT_FILE("w.mem")
  ) dut (
    .clk_i(clk), .rst_i(rst),
    .u_free_o(u_free), .u_reserve_i(u_reserve), .u_write_i(u_write), .u_commit_i(u_commit), .u_data_i(u_data),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data), .busy_o(busy), .waiting_o(waiting)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("items.mem", items);
    log = $fopen("log.txt");
    clk = 1'b0;
    item = 0;
    left = 0;
    u_reserve = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {out_ready, gate, rst} = stimulus[t];
      u_data = items[item];
      u_write = gate && left > LATE;
      u_commit = gate && left == 1;
      #1 u_reserve = gate && left == 0 && u_free === 1'b1;
      #1 $fwrite(log, "%h %h %h %h %h %h ", rst, u_free, u_reserve, u_write, u_commit, u_data);
      $fwrite(log, "%h %h %h %h %h\n", out_valid, out_ready, out_data, busy, waiting);
      if (rst) left = 0;
      else if (u_reserve) left = U_WORDS + LATE;
      else if (gate && left != 0) left = left - 1;
      if (u_write) item = (item + 1) % ITEMS;
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
