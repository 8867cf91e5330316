// Small first-in first-out buffer in registers or LUT-RAM. A word pushed at cycle t is on the
// output at t + 1. Ready depends on the fill count only, so no path runs through it.
`default_nettype none

module stream_fifo #(
  parameter WIDTH = 8,
  parameter DEPTH = 4
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_valid_i,
  output wire in_ready_o,
  input  wire [WIDTH-1:0] in_data_i,
  output reg  out_valid_o,
  input  wire out_ready_i,
  output wire [WIDTH-1:0] out_data_o
);
  localparam POINTER_BITS = (DEPTH > 1) ? $clog2(DEPTH) : 1;
  localparam COUNT_BITS = $clog2(DEPTH + 1);
  localparam LAST = DEPTH - 1;
  localparam ONE = 1;

  (* ram_style = "distributed" *) reg [WIDTH-1:0] mem [0:DEPTH-1];
  reg [POINTER_BITS-1:0] write_q;
  reg [POINTER_BITS-1:0] read_q;
  reg [COUNT_BITS-1:0] count_q;

  wire push = in_valid_i && in_ready_o;
  wire pop = out_valid_o && out_ready_i;

  assign in_ready_o = count_q != DEPTH[COUNT_BITS-1:0];
  assign out_data_o = mem[read_q];

  always @(posedge clk_i) begin
    if (push) mem[write_q] <= in_data_i;
    if (rst_i) begin
      write_q <= {POINTER_BITS{1'b0}};
      read_q <= {POINTER_BITS{1'b0}};
      count_q <= {COUNT_BITS{1'b0}};
      out_valid_o <= 1'b0;
    end else begin
      if (push) write_q <= (write_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : write_q + 1'b1;
      if (pop) read_q <= (read_q == LAST[POINTER_BITS-1:0]) ? {POINTER_BITS{1'b0}} : read_q + 1'b1;
      if (push) out_valid_o <= 1'b1;
      else if (pop) out_valid_o <= count_q != ONE[COUNT_BITS-1:0];
      // The reader's pop, which comes late, only enables.
      if (push != pop) count_q <= push ? count_q + 1'b1 : count_q - 1'b1;
    end
  end
endmodule

`default_nettype wire
