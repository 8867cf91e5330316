// AXI4-Lite as single accesses to 32-bit words. A write is one cycle of write_o. A read is one cycle of
// read_o, a cycle after its word; its data is taken one cycle later, so that it may come from a registered address
// and a registered multiplexer. Every access is answered OKAY. One read and one write may be under way.
`default_nettype none

module axi_lite_slave #(
  parameter ADDRESS_BITS = 12
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire aw_valid_i,
  output wire aw_ready_o,
  input  wire [ADDRESS_BITS-1:0] aw_addr_i,
  input  wire w_valid_i,
  output wire w_ready_o,
  input  wire [31:0] w_data_i,
  input  wire [3:0] w_strb_i,
  output wire b_valid_o,
  input  wire b_ready_i,
  output wire [1:0] b_resp_o,
  input  wire ar_valid_i,
  output wire ar_ready_o,
  input  wire [ADDRESS_BITS-1:0] ar_addr_i,
  output wire r_valid_o,
  input  wire r_ready_i,
  output wire [31:0] r_data_o,
  output wire [1:0] r_resp_o,
  output wire write_o,
  output wire [ADDRESS_BITS-3:0] write_word_o,
  output wire [31:0] write_data_o,
  output wire [3:0] write_strobe_o,
  output wire read_o,
  output wire [ADDRESS_BITS-3:0] read_word_o,
  input  wire [31:0] read_data_i
);
  reg idle_q;
  reg aw_held_q;
  reg w_held_q;
  reg b_valid_q;
  reg read_q;
  reg read_q2;
  reg read_q3;
  reg r_valid_q;
  reg [ADDRESS_BITS-3:0] write_word_q;
  reg [ADDRESS_BITS-3:0] read_word_q;
  reg [31:0] write_data_q;
  reg [3:0] write_strobe_q;
  reg [31:0] r_data_q;
  wire _unused_ok = &{1'b0, aw_addr_i[1:0], ar_addr_i[1:0]};

  // Nothing is accepted during reset.
  assign aw_ready_o = idle_q && !aw_held_q;
  assign w_ready_o = idle_q && !w_held_q;
  assign ar_ready_o = idle_q && !read_q && !read_q2 && !read_q3 && !r_valid_q;
  assign b_valid_o = b_valid_q;
  assign b_resp_o = 2'b00;
  assign r_valid_o = r_valid_q;
  assign r_data_o = r_data_q;
  assign r_resp_o = 2'b00;
  assign write_o = aw_held_q && w_held_q && !b_valid_q;
  assign write_word_o = write_word_q;
  assign write_data_o = write_data_q;
  assign write_strobe_o = write_strobe_q;
  assign read_o = read_q2;
  assign read_word_o = read_word_q;

  always @(posedge clk_i) begin
    if (aw_valid_i && aw_ready_o) write_word_q <= aw_addr_i[ADDRESS_BITS-1:2];
    if (w_valid_i && w_ready_o) begin
      write_data_q <= w_data_i;
      write_strobe_q <= w_strb_i;
    end
    if (ar_valid_i && ar_ready_o) read_word_q <= ar_addr_i[ADDRESS_BITS-1:2];
    if (read_q3) r_data_q <= read_data_i;
    if (rst_i) begin
      idle_q <= 1'b0;
      aw_held_q <= 1'b0;
      w_held_q <= 1'b0;
      b_valid_q <= 1'b0;
      read_q <= 1'b0;
      read_q2 <= 1'b0;
      read_q3 <= 1'b0;
      r_valid_q <= 1'b0;
    end else begin
      idle_q <= 1'b1;
      if (write_o) aw_held_q <= 1'b0;
      else if (aw_valid_i && aw_ready_o) aw_held_q <= 1'b1;
      if (write_o) w_held_q <= 1'b0;
      else if (w_valid_i && w_ready_o) w_held_q <= 1'b1;
      if (write_o) b_valid_q <= 1'b1;
      else if (b_ready_i) b_valid_q <= 1'b0;
      read_q <= ar_valid_i && ar_ready_o;
      read_q2 <= read_q;
      read_q3 <= read_q2;
      if (read_q3) r_valid_q <= 1'b1;
      else if (r_ready_i) r_valid_q <= 1'b0;
    end
  end
endmodule

`default_nettype wire
