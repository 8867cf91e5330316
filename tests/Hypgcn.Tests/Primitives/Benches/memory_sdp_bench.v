// stimulus.mem: {write data, write address, read address, write, read} a cycle.
`default_nettype none

module memory_sdp_bench;
  parameter CYCLES = 1;
  parameter WIDTH = 16;
  parameter DEPTH = 64;
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;

  reg [WIDTH+2*ADDRESS_BITS+1:0] stimulus [0:CYCLES-1];
  reg clk;
  reg write;
  reg read;
  reg [ADDRESS_BITS-1:0] write_address;
  reg [ADDRESS_BITS-1:0] read_address;
  reg [WIDTH-1:0] write_data;
  wire [WIDTH-1:0] read_data;
  integer t;
  integer log;

  memory_sdp #(.WIDTH(WIDTH), .DEPTH(DEPTH)) dut (
    .clk_i(clk), .write_i(write), .write_address_i(write_address), .write_data_i(write_data),
    .read_i(read), .read_address_i(read_address), .read_data_o(read_data)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {write_data, write_address, read_address, write, read} = stimulus[t];
      #1 $fwrite(log, "%h %h %h %h %h %h\n", write, write_address, write_data, read, read_address, read_data);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
