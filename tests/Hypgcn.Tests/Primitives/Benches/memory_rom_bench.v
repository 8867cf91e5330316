// stimulus.mem: {address, read} a cycle. rom.mem: the contents.
`default_nettype none

module memory_rom_bench;
  parameter CYCLES = 1;
  parameter WIDTH = 16;
  parameter DEPTH = 64;
  parameter REGISTERED = 1;
  localparam ADDRESS_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;

  reg [ADDRESS_BITS:0] stimulus [0:CYCLES-1];
  reg clk;
  reg read;
  reg [ADDRESS_BITS-1:0] address;
  wire [WIDTH-1:0] data;
  integer t;
  integer log;

  memory_rom #(.WIDTH(WIDTH), .DEPTH(DEPTH), .FILE("rom.mem"), .REGISTERED(REGISTERED)) dut (
    .clk_i(clk), .read_i(read), .address_i(address), .data_o(data)
  );

  initial begin
    $readmemh("stimulus.mem", stimulus);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      {address, read} = stimulus[t];
      #1 $fwrite(log, "%h %h %h\n", read, address, data);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
