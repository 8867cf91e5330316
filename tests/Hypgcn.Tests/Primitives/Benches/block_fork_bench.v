// stimulus.mem: {residual ready, spatial ready, frame ready, input valid, reset} a cycle.
`default_nettype none

module block_fork_bench;
  parameter CYCLES = 1;
  parameter JOINTS = 25;
  parameter FRAMES = 300;
  parameter BANKS = 4;
  parameter STRIDE = 1;
  parameter HAS_RESIDUAL = 1;

  reg [4:0] stimulus [0:CYCLES-1];
  reg clk;
  reg rst;
  reg in_valid;
  wire in_ready;
  wire frame_valid;
  reg frame_ready;
  wire spatial_valid;
  reg spatial_ready;
  wire residual_valid;
  reg residual_ready;
  integer t;
  integer log;

  block_fork #(
    .JOINTS(JOINTS), .FRAMES(FRAMES), .BANKS(BANKS), .STRIDE(STRIDE), .HAS_RESIDUAL(HAS_RESIDUAL)
  ) dut (
    .clk_i(clk), .rst_i(rst), .in_valid_i(in_valid), .in_ready_o(in_ready),
    .frame_valid_o(frame_valid), .frame_ready_i(frame_ready),
    .spatial_valid_o(spatial_valid), .spatial_ready_i(spatial_ready),
    .residual_valid_o(residual_valid), .residual_ready_i(residual_ready)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {residual_ready, spatial_ready, frame_ready, in_valid, rst} = stimulus[t];
      #1 $fwrite(log, "%h %h %h %h %h ", rst, in_valid, in_ready, frame_valid, frame_ready);
      $fwrite(log, "%h %h %h %h\n", spatial_valid, spatial_ready, residual_valid, residual_ready);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
