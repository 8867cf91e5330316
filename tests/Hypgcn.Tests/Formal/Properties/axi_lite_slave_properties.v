// axi_lite_slave: every request is answered once, in bounded time, and becomes one access with its address and data;
// answers stay until they are taken; nothing is answered that was not asked.
`default_nettype none

module axi_lite_slave_properties #(
  parameter ADDRESS_BITS = 4
) (
  input wire clk_i,
  input wire rst_i,
  input wire aw_valid_i,
  input wire [ADDRESS_BITS-1:0] aw_addr_i,
  input wire w_valid_i,
  input wire [31:0] w_data_i,
  input wire [3:0] w_strb_i,
  input wire b_ready_i,
  input wire ar_valid_i,
  input wire [ADDRESS_BITS-1:0] ar_addr_i,
  input wire r_ready_i,
  input wire [31:0] read_data_i
);
  wire aw_ready;
  wire w_ready;
  wire b_valid;
  wire [1:0] b_resp;
  wire ar_ready;
  wire r_valid;
  wire [31:0] r_data;
  wire [1:0] r_resp;
  wire write;
  wire [ADDRESS_BITS-3:0] write_word;
  wire [31:0] write_data;
  wire [3:0] write_strobe;
  wire read;
  wire [ADDRESS_BITS-3:0] read_word;

  axi_lite_slave #(.ADDRESS_BITS(ADDRESS_BITS)) u_slave (
    .clk_i(clk_i), .rst_i(rst_i),
    .aw_valid_i(aw_valid_i), .aw_ready_o(aw_ready), .aw_addr_i(aw_addr_i),
    .w_valid_i(w_valid_i), .w_ready_o(w_ready), .w_data_i(w_data_i), .w_strb_i(w_strb_i),
    .b_valid_o(b_valid), .b_ready_i(b_ready_i), .b_resp_o(b_resp),
    .ar_valid_i(ar_valid_i), .ar_ready_o(ar_ready), .ar_addr_i(ar_addr_i),
    .r_valid_o(r_valid), .r_ready_i(r_ready_i), .r_data_o(r_data), .r_resp_o(r_resp),
    .write_o(write), .write_word_o(write_word), .write_data_o(write_data), .write_strobe_o(write_strobe),
    .read_o(read), .read_word_o(read_word), .read_data_i(read_data_i)
  );

  wire aw = aw_valid_i && aw_ready;
  wire w = w_valid_i && w_ready;
  wire b = b_valid && b_ready_i;
  wire ar = ar_valid_i && ar_ready;
  wire r = r_valid && r_ready_i;

  // Handshakes without their access, and accesses without their answer: the slave may take the next
  // request while an answer waits, so that requests minus answers alone would say too little.
  reg [1:0] aw_open_q;
  reg [1:0] w_open_q;
  reg [1:0] b_open_q;
  reg [1:0] ar_open_q;
  reg [1:0] r_open_q;
  reg [ADDRESS_BITS-3:0] aw_word_q;
  reg [31:0] w_data_q;
  reg [3:0] w_strb_q;
  reg [ADDRESS_BITS-3:0] ar_word_q;
  reg [ADDRESS_BITS-3:0] was_word_q;
  reg sample_q;
  reg [31:0] sampled_q;
  reg [2:0] write_wait_q;
  reg [2:0] read_wait_q;
  reg b_held_q;
  reg r_held_q;
  reg [31:0] r_held_data_q;
  reg started_q;
  reg was_reset_q;
  wire write_due = (aw_open_q != 2'd0) && (w_open_q != 2'd0) && (b_open_q == 2'd0);
  wire read_due = ar_open_q + r_open_q != 2'd0;

  initial started_q = 1'b0;
  always @(posedge clk_i) begin
    started_q <= 1'b1;
    was_reset_q <= rst_i;
    if (aw) aw_word_q <= aw_addr_i[ADDRESS_BITS-1:2];
    if (w) w_data_q <= w_data_i;
    if (w) w_strb_q <= w_strb_i;
    if (ar) ar_word_q <= ar_addr_i[ADDRESS_BITS-1:2];
    if (sample_q) sampled_q <= read_data_i;
    was_word_q <= read_word;
    sample_q <= read;
    b_held_q <= !rst_i && b_valid && !b_ready_i;
    r_held_q <= !rst_i && r_valid && !r_ready_i;
    r_held_data_q <= r_data;
    if (rst_i) begin
      aw_open_q <= 2'd0;
      w_open_q <= 2'd0;
      b_open_q <= 2'd0;
      ar_open_q <= 2'd0;
      r_open_q <= 2'd0;
      write_wait_q <= 3'd0;
      read_wait_q <= 3'd0;
    end else begin
      aw_open_q <= aw_open_q + aw - write;
      w_open_q <= w_open_q + w - write;
      b_open_q <= b_open_q + write - b;
      ar_open_q <= ar_open_q + ar - read;
      r_open_q <= r_open_q + read - r;
      write_wait_q <= (write_due && !write) ? write_wait_q + 3'd1 : 3'd0;
      read_wait_q <= (read_due && !r_valid) ? read_wait_q + 3'd1 : 3'd0;
    end
  end

  // For induction: the states that occur.
  (* hierconn *) wire \u_slave.idle_q ;
  (* hierconn *) wire \u_slave.aw_held_q ;
  (* hierconn *) wire \u_slave.w_held_q ;
  (* hierconn *) wire \u_slave.b_valid_q ;
  (* hierconn *) wire \u_slave.read_q ;
  (* hierconn *) wire \u_slave.read_q2 ;
  (* hierconn *) wire \u_slave.read_q3 ;
  (* hierconn *) wire \u_slave.r_valid_q ;

  always @* begin
    if (!started_q) begin
      assume (rst_i);
    end else begin
      // Of an address and a data word comes one write, of a write one answer; likewise for reads.
      if (write) assert (aw_open_q == 2'd1 && w_open_q == 2'd1);
      if (write) assert (write_word == aw_word_q && write_data == w_data_q && write_strobe == w_strb_q);
      if (b_valid) assert (b_open_q == 2'd1 && b_resp == 2'b00);
      // The word is there a cycle before, for a registered address.
      if (read) assert (ar_open_q == 2'd1 && read_word == ar_word_q && was_word_q == ar_word_q);
      if (r_valid) assert (r_open_q == 2'd1 && r_resp == 2'b00 && r_data == sampled_q);
      // No request is accepted that could be forgotten; no answer waits for anything but its request.
      assert (aw_open_q <= 2'd1 && w_open_q <= 2'd1 && b_open_q <= 2'd1);
      assert (ar_open_q + r_open_q <= 2'd1);
      assert (write_wait_q == 3'd0);
      assert (read_wait_q <= 3'd3);
      assert (b_valid == (b_open_q != 2'd0));
      if (!was_reset_q && aw_open_q == 2'd0) assert (aw_ready);
      if (!was_reset_q && w_open_q == 2'd0) assert (w_ready);
      if (!was_reset_q && !read_due) assert (ar_ready);
      // Answers stay until they are taken.
      if (b_held_q) assert (b_valid);
      if (r_held_q) assert (r_valid && r_data == r_held_data_q);

      assert (u_slave.aw_held_q == aw_open_q);
      assert (u_slave.w_held_q == w_open_q);
      assert (u_slave.read_q + u_slave.read_q2 == ar_open_q);
      assert (u_slave.read_q3 + u_slave.r_valid_q == r_open_q);
      assert (!was_reset_q == u_slave.idle_q);
      assert (u_slave.read_q3 == (sample_q && !was_reset_q));
      if (!u_slave.r_valid_q) assert (read_wait_q == u_slave.read_q2 + 2*u_slave.read_q3);
    end
  end
endmodule

`default_nettype wire
