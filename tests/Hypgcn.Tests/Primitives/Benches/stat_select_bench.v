// stimulus.mem: an index a cycle; words.mem: the counters.
`default_nettype none

module stat_select_bench;
  parameter CYCLES = 1;
  parameter FIRST = 0;
  parameter WORDS = 4;

  reg [15:0] stimulus [0:CYCLES-1];
  reg [31:0] counters [0:WORDS-1];
  reg clk;
  reg [15:0] select;
  wire [WORDS*32-1:0] words;
  wire [31:0] data;
  genvar w;
  integer t;
  integer log;

  generate
    for (w = 0; w < WORDS; w = w + 1) begin : gen_word
      assign words[w*32 +: 32] = counters[w];
    end
  endgenerate

  stat_select #(.FIRST(FIRST), .WORDS(WORDS)) dut (.clk_i(clk), .select_i(select), .words_i(words), .data_o(data));

  initial begin
    $readmemh("stimulus.mem", stimulus);
    $readmemh("words.mem", counters);
    log = $fopen("log.txt");
    clk = 1'b0;
    for (t = 0; t < CYCLES; t = t + 1) begin
      select = stimulus[t];
      #1 $fwrite(log, "%h %h\n", select, data);
      clk = 1'b1;
      #1 clk = 1'b0;
    end
    $fwrite(log, "end\n");
    $finish;
  end
endmodule

`default_nettype wire
