// stimulus.mem: {output gate, clip gate, reset} a cycle. sums.mem: pooled sums, clip by clip.
// A clip is full from a cycle with an open gate until it is released.
`default_nettype none

module classifier_bench;
  parameter CYCLES = 1;
  parameter SUMS = 1;
  parameter SUM_BITS = 32;
  parameter W_BITS = 16;
  parameter CHANNELS = 256;
  parameter CHANNEL_BITS = 8;
  parameter CLASSES = 60;
  parameter LANES = 2;
  parameter ACC_BITS = 56;

  reg [2:0] stimulus [0:CYCLES-1];
  reg [SUM_BITS-1:0] sums [0:SUMS-1];
  reg clk;
  reg rst;
  reg gate;
  reg full;
  reg released;
  wire release_clip;
  wire [CHANNEL_BITS-1:0] channel;
  reg [SUM_BITS-1:0] sum;
  wire out_valid;
  reg out_ready;
  wire [ACC_BITS-1:0] out_data;
  wire out_last;
  wire busy;
  wire waiting;
  integer t;
  integer clip;
  integer log;

  classifier #(
    .SUM_BITS(SUM_BITS), .W_BITS(W_BITS), .CHANNELS(CHANNELS), .CHANNEL_BITS(CHANNEL_BITS), .CLASSES(CLASSES),
    .LANES(LANES), .ACC_BITS(ACC_BITS), .WEIGHT_FILE("w.mem"), .BIAS_FILE("bias.mem")
  ) dut (
    .clk_i(clk), .rst_i(rst), .full_i(full), .release_o(release_clip), .channel_o(channel), .sum_i(sum),
    .out_valid_o(out_valid), .out_ready_i(out_ready), .out_data_o(out_data), .out_last_o(out_last),
    .busy_o(busy), .waiting_o(waiting)
  );

  always @* sum = sums[(clip*CHANNELS + channel) % SUMS];

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("sums.mem", sums);
    log = $fopen("log.txt");
    clk = 1'b0;
    full = 1'b0;
    clip = 0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {out_ready, gate, rst} = stimulus[t];
      full = full || gate;
      #1 $fwrite(log, "%h %h %h %h %h %h ", rst, full, release_clip, channel, clip, out_valid);
      $fwrite(log, "%h %h %h %h %h\n", out_ready, out_data, out_last, busy, waiting);
      released = release_clip === 1'b1 && !rst;
      clk = 1'b1;
      #1 clk = 1'b0;
      // After the edge, as a pool does it: the last sum is still read in the cycle of the release.
      if (released) begin
        full = 1'b0;
        clip = clip + 1;
      end
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
